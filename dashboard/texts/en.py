"""English words of the dashboard."""

TEXTS: dict[str, str] = {
    "app": "Policies for social organizations",
    "other_language": "中文",
    "page.compare": "Simulate",
    "page.scenarios": "Compare options",
    "page.assumptions": "Assumptions",
    "page.why": "Why",
    "page.guide": "Guide",
    "group.funding": "1 Money and policy support",
    "group.people": "2 Pay, voice and training",
    "group.autonomy": "3 Autonomy and ties",
    "group.supervision": "4 Supervision, reward and penalty",
    "group.party": "5 Party building",
    "more": "Other measures",
    "start_from": "Start from",
    "undo": "Undo",
    "redo": "Redo",
    "reset": "Reset",
    "reset_one": "Reset one measure",
    "changed": "{count} measures differ from today",
    "changed.none": "Every measure is as today.",
    "changed.line": "{title}: {before} → {after}",
    "planned.line": "{title}: from {date} → {after}",
    "planned.ramp": "{title}: from {date}, over {over} months → {after}",
    "help.today": "Today: {today}",
    "help.planned": "The starting scenario has dated changes of this; moving the slider makes it constant.",
    "help.source": "Rests on: {source} · grade {grade} · {reading}",
    "reading.read": "read in the source",
    "reading.memory": "recalled",
    "reading.derived": "derived",
    "reading.assumed": "assumed",
    "open_levers": "» Change the measures",
    "source.own": "set by this project ({where})",
    "source.bare": "set by this project",
    "intro": "**Three steps**: choose a start, move a slider on the left (on a telephone, behind the » above), "
    "read the sentence below. The question mark beside each measure says what it is, where it stands today and "
    "what that rests on.",
    "intro.close": "Got it",
    "example": "Try:",
    "policy.changed": "{title} (changed)",
    "policy.mine": "My policy",
    "title.compare": "{policy}, compared with “{baseline}”",
    "same": "The policy is the same as today. Move any slider on the left, or choose a start, to see what changes.",
    "flat": "The measures changed have no effect in this setting; a rating threshold, for example, acts only on money "
    "that is paid.",
    "progress": "Refining: {done} of {all} simulations; the ranges still narrow.",
    "computing": "Computing the new settings …",
    "settled": "{all} simulations done.",
    "busy": " The server is making {others} other runs as well; yours take turns with them.",
    "preparing": "Preparing the model …",
    "chart.survival": "Organizations that last",
    "chart.retention": "People who stay",
    "chart.survival.y": "of 100 organizations, still on the register",
    "chart.retention.y": "of 100 staff at the start, still in that post",
    "chart.difference": "difference from “{baseline}”",
    "chart.working": "{scenario}: still working",
    "chart.reading": "Line: mean; bands: the middle 50% and 90% of simulations. Below: paired difference with the 95% "
    "interval of its mean.",
    "tab.findings": "All findings",
    "tab.groups": "By kind and size",
    "tab.rests": "What it rests on",
    "tab.data": "Numbers",
    "tab.plan": "Begin later",
    "tab.take": "Take away",
    "groups.outcome": "outcome",
    "groups.stratum": "kind or size",
    "groups.difference": "difference (95% range)",
    "groups.words": "in words",
    "rests.head": "Of {count} values {a} are grade A, {b} grade B, {c} grade C; {assumed} are assumed. A: measured in "
    "China and usable as it stands; B: measured elsewhere, adapted; C: weak or assumed.",
    "rests.none": "The policy changes no measure.",
    "rests.lever": "measure",
    "rests.change": "change",
    "rests.grade": "grade of the value left",
    "rests.reading": "reading",
    "rests.source": "source",
    "rests.note": "note",
    "rests.caution": "How sure the sentences are speaks of chance within the simulation, not of error in the values. "
    "Most values are grade C: findings compare options and do not predict.",
    "take.docx": "Report (Word)",
    "take.pdf": "Report (PDF)",
    "take.html": "Report (web page)",
    "take.png": "Figure (PNG)",
    "take.svg": "Figure (SVG)",
    "take.csv": "Results (CSV)",
    "take.curves": "Curves (CSV)",
    "take.yaml": "Scenario file (YAML)",
    "take.folder": "Everything (ZIP, as the command line writes it)",
    "take.hint": "Each file is made when you click, from what has been simulated so far; a report takes a few seconds.",
    "take.zip.note": "The ZIP holds reports, figures, tables, findings, scenario files and the command to repeat it.",
    "file.survival": "survival",
    "file.retention": "retention",
    "scenarios.this": "The present policy: {title}",
    "scenarios.name": "Name of the policy",
    "scenarios.keep": "Add to comparison",
    "scenarios.choose": "Scenarios to compare",
    "scenarios.placeholder": "Choose scenarios",
    "scenarios.drop": "Remove",
    "scenarios.use": "Make present",
    "scenarios.download": "Download YAML",
    "scenarios.load": "Open a scenario file",
    "scenarios.link": "Link to this comparison",
    "scenarios.link.hint": "This link opens exactly this comparison again.",
    "scenarios.empty": "The present policy is as today. Move a slider on the left, or choose scenarios above.",
    "scenarios.most": "At most {most} at once, the present policy included; remove one to add another.",
    "scenarios.left": "At most {most} policies are compared at once. Left out: {names}.",
    "scenarios.result": "Difference from “{baseline}” (95% range)",
    "scenarios.bad_link": "Part of the link could not be read and was left out: {problem}",
    "scenarios.far": "“{title}” is {value}, beyond the slider; it counts as it is unless the slider is moved.",
    "assumptions.head": "Uncertain values",
    "assumptions.lead": "These {count} values are not for policy to set and are not measured in the district. A change "
    "here **recomputes today and the policy alike**, so that the difference is still policy.",
    "assumptions.changed": "{count} assumptions changed; today and the policy are recomputed.",
    "assumptions.choose": "Choose one to change",
    "assumptions.placeholder": "Type to search",
    "assumptions.value": "Value ({unit}, {low} to {high})",
    "assumptions.default": "Default: {value}",
    "assumptions.reset": "Reset all assumptions",
    "assumptions.nulls": "Contested effects: switch them off",
    "assumptions.nulls.lead": "Switched on here, the effect is absent from today and from the policy. If a finding "
    "changes, it rests on that assumption.",
    "assumptions.table": "All values",
    "assumptions.name": "name",
    "assumptions.now": "now",
    "assumptions.range": "range",
    "assumptions.unit": "unit",
    "assumptions.grade": "grade",
    "assumptions.reading": "reading",
    "assumptions.source": "source",
    "assumptions.meaning": "meaning",
    "null.party_building": "Every effect of Party organizations",
    "null.participation": "Effects of a say in policy",
    "null.crowd_out": "Crowding out of gifts by public money",
    "null.inverted_u": "The inverted U of autonomy",
    "null.rating": "Advantages that ratings bring",
    "plan.lead": "Sliders hold from the first month. What begins at a date, or comes step by step, is planned here and "
    "drawn as a line in the charts.",
    "plan.lever": "Measure",
    "plan.placeholder": "Choose a measure",
    "plan.month": "First month",
    "plan.over": "Reached over how many months (0: at once)",
    "plan.value": "Value reached",
    "plan.add": "Add to the plan",
    "plan.remove": "Remove",
    "plan.inherited": "planned by the starting scenario",
    "why.lead": "Choose a number of one organization or person and open, level by level, the rules, values and luck it "
    "was made of. Every rule is asked again and has to give, to the last bit, what the run stored.",
    "why.whose": "Which scenario",
    "why.column": "Number to explain",
    "why.month": "Month",
    "why.depth": "Levels to open",
    "why.id": "Id (empty: a telling one is chosen)",
    "why.ask": "Explain",
    "why.wait": "Playing this replication again …",
    "why.sure": "Every rule above was asked again and gave, to the last bit, what the run stored.",
    "guide": """### What this answers

A policy and today are simulated for ten years under the same luck, and compared: how many organizations last, how many
people stay, what is delivered, what it costs, how sure that is and what it rests on.

### How to read a finding

- **Very likely**: the whole 95% range of the difference lies on one side of nought (a probability of at least 97.5%
  that the mean difference has this sign).
- **Likely**: that probability is at least 80%; below it, it **cannot be told**.
- **No difference that matters**: the whole range lies within the margin stated.
- Ranges show chance within the simulation, not error in the values, most of which are weak: see Assumptions.
- **Why** leads from a measure through the rules to outcomes, and says which measure did it. **Assumptions** says
  whether a finding stands under other values, and which doubt is the larger, chance or values.

### What it cannot do

- It does not predict a district or an organization; it compares options.
- Baseline numbers are rough priors; put your own register or counts in their place under “Your district”.
- Evidence on management, innovation, participation and Party building is thin: effects are small with wide ranges that
  hold nought.

### Limits of a page

Up to six policies at once, districts of up to 50,000 organizations, scenario files of up to 1 MB, other files of up to
10 MB. Everybody on this server shares its processors: first results go before refinements. The command line takes more.

### Citation

Computed with orgsim {version}; the conclusions are the author's own.
""",
    "error.engine": "These settings gave no result. Undo, or send the scenario file to whoever maintains this.",
}

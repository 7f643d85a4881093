"""Words of the report that is taken away; `texts` joins them to the rest."""

from __future__ import annotations

NUMBERS = {
    "number.section": ("{number}. ", "{number}、"),
    "number.part": ("{number} ", "（{number}）"),
    "number.annex": ("Annex {number}: {text}", "附件{number}　{text}"),
    "number.table": ("Table {number}. ", "表{number}　"),
    "number.figure": ("Figure {number}. ", "图{number}　"),
    "number.page": ("– {number} –", "— {number} —"),
    "number.date": ("{day} {month} {year}", "{year}年{month}月{day}日"),
}

REPORT = {
    "report.title": ("{named}: what the simulation says", "{named}政策模拟报告"),
    "report.subtitle.compare": ("Compared with “{baseline}” · {date}", "与“{baseline}”对照　{date}"),
    "report.subtitle.run": ("{date}", "{date}"),
    "report.subject": (
        "Simulated effects of policy on social organizations and their staff",
        "政策对社会组织及其员工影响的模拟测算",
    ),
    "report.findings": ("Findings", "测算结论"),
    "report.question": ("The question: {text}", "问题：{text}"),
    "report.question.compare": (
        "What would {named} change against “{baseline}”, how surely, and at what public cost?",
        "与“{baseline}”相比，{named}会带来什么变化，把握多大，财政要付出多少？",
    ),
    "report.question.run": ("How do things stand under {named}?", "在{named}情景下，情况如何？"),
    "report.against": ("“{scenario}” against “{baseline}”", "“{scenario}”与“{baseline}”对照"),
    "report.changes": ("What is changed", "改变了什么"),
    "report.changes.lead": (
        "Everything that is not listed is the same under both (Annex 1 has every measure).",
        "未列出的各项在两个情景中相同，全部措施的取值见附件1。",
    ),
    "report.changes.none": ("“{scenario}” changes nothing in “{baseline}”.", "“{scenario}”与“{baseline}”的设定相同。"),
    "report.changes.table": ("What “{scenario}” changes in “{baseline}”", "“{scenario}”改变的设定（对照“{baseline}”）"),
    "report.changes.basis": (
        "“Rests on” is the grade of the value that is departed from, and how it was come by: A measured in China and "
        "usable as it stands, B measured elsewhere or adapted, C weak or assumed.",
        "“原值依据”为被改变取值的证据等级与来源性质：A 级为本国实测、可直接使用，B 级为他处实测或经调整，"
        "C 级证据较弱或为假定。",
    ),
    "report.results": ("Results in detail", "主要结果"),
    "report.results.table": ("Headline outcomes under {named}", "{named}主要结果"),
    "report.results.more": ("The other findings:", "其余各项结论："),
    "report.cost": ("Public cost", "财政支出与单位成本"),
    "report.cost.table": ("Public cost by item over the whole time: {named}", "整个模拟期的财政支出，按项目：{named}"),
    "report.cost.item": ("item", "项目"),
    "report.cost.all": ("all items", "合计"),
    "report.cost.note": (
        "Items that are nothing in both are left out. Public cost is what all public funders pay over the whole time, "
        "not of one budget line.",
        "各情景均为零的项目未列出。财政支出为各级财政在整个模拟期内的支出合计，不对应某一预算科目。",
    ),
    "report.groups": ("By kind and size of organization", "不同类型与规模的社会组织"),
    "report.groups.table.compare": (
        "Differences from “{baseline}” by kind and size: {named}",
        "按类型与规模的差异（对照“{baseline}”）：{named}",
    ),
    "report.groups.table.run": ("Outcomes by kind and size: {named}", "按类型与规模的结果：{named}"),
    "report.groups.group": ("organizations", "组织"),
    "report.groups.note": (
        "Each cell has the mean difference with its 95% range, and what may be said of it. Sizes are thirds of "
        "registered organizations by scale. Small groups differ more by chance.",
        "每格为平均差异、95%区间与文字判断。规模按登记组织的体量三等分。数量少的类别受偶然影响较大。",
    ),
    "report.groups.note.run": (
        "Each cell has the mean with its 95% range. Sizes are thirds of registered organizations by scale.",
        "每格为平均值与95%区间。规模按登记组织的体量三等分。",
    ),
    "report.doubt": ("How sure, and what it rests on", "不确定性与依据"),
    "report.doubt.reading": ("How to read the numbers", "数值与用语的含义"),
    "report.doubt.source": ("Where the doubt comes from", "不确定性的来源"),
    "report.doubt.only_chance": (
        "Ranges hold chance only, since every replication had the same values. To let them hold doubt about values "
        "too, add --uncertainty 20 to the command at the end of this report.",
        "各次模拟采用同一组取值，区间只反映偶然。如需同时反映取值的不确定性，请在文末命令后加上 --uncertainty 20 "
        "重新运行。",
    ),
    "report.doubt.table": ("Shares of the variance of each difference: {named}", "各项差异的方差来源：{named}"),
    "report.doubt.parameters": ("parameter values", "参数取值"),
    "report.doubt.chance": ("chance", "偶然"),
    "report.grades": ("Grades of evidence", "证据等级"),
    "report.grades.lead": (
        "The simulation uses {count} values, of which {assumed} are assumed.",
        "模拟共用{count}个取值，其中{assumed}个为假定。",
    ),
    "report.grades.moved": (
        "“{scenario}” sets {moved} itself; grades are those of what they depart from.",
        "“{scenario}”自行设定了{moved}个，其等级按原值计。",
    ),
    "report.grades.table": ("Values by grade and by how they were come by", "取值的证据等级与来源性质"),
    "report.grades.grade": ("grade {grade}", "{grade} 级"),
    "report.grades.how": ("come by", "来源性质"),
    "report.grades.all": ("all", "合计"),
    "report.limits": ("What this cannot tell", "局限"),
    "report.provenance": ("Where the numbers come from", "出处与复算"),
    "report.provenance.table": ("What made these numbers", "本报告数值的出处"),
    "report.provenance.what": ("what", "项目"),
    "report.provenance.value": ("value", "内容"),
    "report.provenance.version": ("Version", "软件版本"),
    "report.provenance.model": ("Model (hash)", "模型指纹"),
    "report.provenance.scenario": ("Scenario “{scenario}” (hash)", "情景“{scenario}”指纹"),
    "report.provenance.seed": ("Seed", "随机种子"),
    "report.provenance.replications": ("Replications", "模拟次数"),
    "report.provenance.replications.each": ("Replications of each set", "每组模拟次数"),
    "report.provenance.sets": ("Parameter sets", "参数组数"),
    "report.provenance.months": ("Months simulated", "模拟月数"),
    "report.provenance.start": ("First month", "起始月份"),
    "report.provenance.organizations": ("Organizations at the start", "期初社会组织数"),
    "report.provenance.register": (
        "{number}, of which {listed} from the register {file}",
        "{number}，其中{listed}家来自登记册 {file}",
    ),
    "report.provenance.again": (
        "This command gives the same numbers again, in the results folder that comes with this report:",
        "在随本报告提供的结果文件夹中运行下列命令，可得到相同的数值：",
    ),
    "report.provenance.cite": (
        "To cite these numbers (conclusions are the author's own):",
        "引用格式（结论由引用者负责）：",
    ),
    "report.levers": ("Every measure", "全部政策措施的取值"),
    "report.levers.table": ("Measures in the first month", "各项措施首月取值"),
    "report.levers.later": ("* changes later, at dates.", "* 此后按日期变化。"),
    "report.sources": ("Publications behind the values that are changed", "被改变取值所依据的文献"),
    "report.sources.own": (
        "{count} of the {moved} values that are changed rest on this project's own judgement.",
        "被改变的{moved}个取值中，{count}个由本项目设定。",
    ),
    "report.files": ("Scenario files", "情景文件"),
    "report.error.title": ("No report", "未能生成报告"),
    "report.error": (
        "The report could not be made from these settings. The scenario file and the tables hold the same results.",
        "未能用这组设置生成报告。方案文件和数据表中有同样的结果。",
    ),
    "report.letters": (
        "{sign} stands where the font of this document lacks a character.",
        "{sign}表示本文档所用字体缺少该字。",
    ),
    "change.measure": ("measure", "措施或设定"),
    "change.from": ("from", "自"),
    "change.rests": ("rests on", "原值依据"),
    "change.always": ("the start", "期初"),
    "change.burn-in": ("before the start", "预热期"),
    "change.over": (" over {months} months", "（{months} 个月内逐步）"),
    "change.all": ("all kinds", "各类"),
    "change.months": ("{months} months", "{months} 个月"),
    "change.none": ("none", "无"),
    "change.of": ("{title}, {kind}", "{title}（{kind}）"),
    "frame.start": ("start", "起始年月"),
    "frame.months": ("months simulated", "模拟月数"),
    "frame.burn_in": ("burn-in", "预热月数"),
    "frame.population.funders": ("funders", "资助方数量"),
    "frame.population.organizations": ("organizations", "组织数量"),
    "frame.population.register": ("register", "登记册"),
}

LIMITS = {
    "limit.forecast": (
        "It does not forecast. It compares policies under the same assumptions; levels are rough, and no single "
        "organization's future is told.",
        "不是预测：只在相同假设下比较不同政策，绝对水平较粗略，也不预测某一社会组织的未来。",
    ),
    "limit.effects": (
        "Most sizes of effects are assumptions or come from other countries. Ranges show the doubt named above, not "
        "errors in the rules themselves.",
        "多数作用的大小为假定，或取自其他国家的研究；区间只反映上文所述的不确定性，不含规则本身的误差。",
    ),
    "limit.district": (
        "The numbers of a district – organizations, income, pay, exits – are rough priors unless a register was given.",
        "除使用登记册外，本区的组织数、收入、薪酬、注销等为粗略先验，应以实际数据替换。",
    ),
    "limit.cost": (
        "Public cost follows from priors on income by kind; read it as differences, in proportion.",
        "财政支出由各类组织收入的先验推得，宜看差异与比例，不宜看绝对数。",
    ),
    "limit.small": (
        "Management, innovation, participation and Party building have small effects with wide ranges that hold "
        "nought: evidence on them is mostly correlation.",
        "管理、创新、参政议政和党组织建设的作用幅度小、范围宽且包含零，现有证据多为相关关系。",
    ),
}

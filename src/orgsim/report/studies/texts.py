"""Words of the analysis of a study, in English and Chinese; `words` fills their gaps."""

from __future__ import annotations

from orgsim.core.parameters import Text
from orgsim.report.calibration_texts import Words


def words(language: str) -> Words:
    """The texts in a language, "en" or "zh"."""

    def say(key: str, **values: object) -> str:
        return TEXTS[key](language).format(**values)

    return say


_PAGE = {
    "title": ("Analysis: {study}", "分析：{study}"),
    "subtitle": ("What moves what, how far, and how sure that is", "哪些因素影响结果、影响多大、有多可靠"),
    "asked": ("What was asked", "研究的问题"),
    "asked.design": (
        "{points} points ({kind}) of {factors} factors over {months} months; {runs} runs at each point and scenario.",
        "{factors}个因素的{points}个点（{kind}），模拟{months}个月；每个点、每个情景{runs}次运行。",
    ),
    "asked.sets": (
        " A run is one of {replications} replications under one of {sets} parameter sets.",
        "每次运行为{sets}组参数之一下{replications}次重复之一。",
    ),
    "asked.levels": ("What is analysed are the values of “{scenario}”.", "所分析的是“{scenario}”的取值。"),
    "asked.differences": (
        "What is analysed are differences of “{scenario}” from “{against}”, on the same luck.",
        "所分析的是“{scenario}”与“{against}”在相同随机条件下之差。",
    ),
    "asked.part": (
        "Not all of the extended study is there: the analysis is of its first {points} points and {replications} "
        "replications, which are whole.",
        "研究扩展后的部分尚未全部完成：本分析只用已完整的前{points}个点和{replications}次重复。",
    ),
    "factors": ("Factors", "因素"),
    "factors.header": ("factor|title|moved over|today", "因素|名称|取值范围|现值"),
    "answers": ("What answers", "结果"),
    "certainty": ("How sure that is", "可靠程度"),
    "certainty.table": (
        "Luck and what the points do, as shares of the variance of one run",
        "单次运行方差的构成：点之间的差异与随机性",
    ),
    "certainty.header": (
        "outcome|points|luck all points share|luck left|luck in means of points|runs a point (or sets)|verdict",
        "结果|点之间|各点共有的随机性|剩余随机性|点均值中的随机性|每点运行数（或参数组数）|判断",
    ),
    "certainty.how": (
        "All points meet the same luck, so what it moves everywhere cancels in comparisons; what is left blurs them. "
        "With fewer than a tenth of the variance of means it hardly matters.",
        "各点经历同样的随机条件，因而各点共有的波动在比较中相互抵消，剩下的才会使比较模糊；"
        "若它在点均值方差中不足十分之一，影响很小。",
    ),
    "verdict.clear": ("clear", "清楚"),
    "verdict.noisy": ("noisy", "噪声较大"),
    "verdict.drowned": ("drowned in luck", "淹没于随机性"),
    "verdict.same": ("all the same", "各点相同"),
    "verdict.one_run": ("cannot tell", "无法判断"),
    "limits": ("What it cannot tell", "本分析不能回答什么"),
    "limits.model": (
        "It is about the model: what moves the model most need not move the district most.",
        "结论是关于模型的：最能影响模型的因素，不一定最能影响现实。",
    ),
    "limits.span": (
        "Effects are of the ranges in the study's file; a factor moved over a wider range would weigh more.",
        "效应取决于研究文件中给出的变动范围；范围更宽的因素会显得更重要。",
    ),
    "limits.luck": (
        "All points share the luck of seed {seed}. Another seed is another sample of it: run the study with another "
        "seed to see what stays.",
        "所有点共用种子{seed}的随机条件；换一个种子重做研究，可看哪些结论不变。",
    ),
    "limits.values": (
        "Values that are no factor here stay as they are; no parameter sets were varied.",
        "不是本研究因素的参数保持现值；未变动参数组。",
    ),
    "limits.sets": (
        "Doubt about values that are no factor is that of {sets} parameter sets in keeping with the evidence.",
        "对其余参数的不确定性，以{sets}组与证据相符的参数体现。",
    ),
    "limits.sobol": (
        "Sobol indices are shares of variance: they say how much a factor matters, not which way.",
        "Sobol 指数是方差份额：说明因素有多重要，不说明方向。",
    ),
    "limits.morris": (
        "Elementary effects rank factors; they do not tell an interaction from a bend (that takes a sobol design).",
        "基本效应只给出因素的排序，不能区分交互作用与非线性（需用 sobol 设计）。",
    ),
    "limits.tornado": (
        "One factor moves at a time: what two do together is not seen.",
        "每次只变动一个因素：看不到两个因素共同变动的效果。",
    ),
    "limits.many": (
        "Many effects are looked at; of those that are nothing, luck alone makes about one in twenty look like more.",
        "考察的效应很多：本来为零的效应中，约二十个会有一个仅因偶然而显得不为零。",
    ),
    "limits.slope": (
        "Between the ends of a range the effect is taken as straight; the figures show where it is not.",
        "效应按范围两端之间为直线估计；图中可看出何处不是。",
    ),
    "limits.prim": (
        "A box describes the points that were run. It is a place to look, not a cause, and no forecast of how likely "
        "such assumptions are.",
        "“盒”描述的是已运行的点：它指出应关注何处，而非原因，也不说明这些假设有多可能成立。",
    ),
    "left_out": ("Left out", "未能分析"),
    "made": ("How this was made", "本分析的来历"),
    "made.rows": (
        "Analysed: {rows} rows made by model {code} (orgsim {version}). Tables are in tables/, figures in figures/.",
        "共分析{rows}行，由模型 {code}（orgsim {version}）产生。表在 tables/，图在 figures/。",
    ),
    "kind.grid": ("a grid", "网格"),
    "kind.list": ("a list", "列表"),
    "kind.one_at_a_time": ("one at a time", "逐一变动"),
    "kind.latin_hypercube": ("a Latin hypercube", "拉丁超立方"),
    "kind.sobol": ("a Sobol design", "Sobol 设计"),
    "kind.morris": ("Morris trajectories", "Morris 轨迹"),
    "at.month": ("{title}, month {month}", "{title}（第{month}个月）"),
    "of": ("{outcome} – {scenario}", "{outcome}：{scenario}"),
    "of.difference": ("{outcome} – {scenario} against {against}", "{outcome}：{scenario}相对于{against}"),
    "from.to": ("{factor} from {start} to {end}", "{factor}由{start}改为{end}"),
    "span.linear": ("{low} to {high}", "{low}至{high}"),
    "span.log": ("{low} to {high}, evenly in logarithms", "{low}至{high}（按对数均匀）"),
    "range": ("{value} ({low} to {high})", "{value}（{low}至{high}）"),
    "and": (", ", "、"),
    "then": ("; ", "；"),
    "stop": (".", "。"),
}
_ANSWERS = {
    "sobol.most": (
        "What differs between points goes back to {list} (total effects with 95 % ranges; 1 is everything).",
        "点之间的差异来自{list}（总效应指数及95%区间；1为全部）。",
    ),
    "sobol.tiny": ("More than nothing, but less than 0.01: {list}.", "大于零但不足0.01：{list}。"),
    "sobol.unranked": (
        "The ranges of {one} and {two} overlap: which of them weighs more is not settled.",
        "{one}与{two}的区间重叠：孰重孰轻尚无定论。",
    ),
    "sobol.alone": (
        "By themselves factors explain {alone} of the variance; at least {together} of it comes from factors acting "
        "together.",
        "各因素单独作用解释方差的{alone}；至少{together}来自因素之间的共同作用。",
    ),
    "sobol.adds": (
        "By themselves factors explain {alone} of the variance (give or take {reach}): no acting together can be told "
        "from nothing.",
        "各因素单独作用解释方差的{alone}（误差约{reach}）：看不出因素之间有共同作用。",
    ),
    "sobol.wide": (
        "Not settled: the range of the total effect of {list} is wider than the effect itself. More base samples: "
        "orgsim experiment run {study} --extend n={n}.",
        "尚未收敛：{list}的总效应区间比指数本身还宽。增加样本：orgsim experiment run {study} --extend n={n}。",
    ),
    "sobol.pair": ("Most together: {one} with {two}, {range}.", "共同作用最强的是{one}与{two}，{range}。"),
    "morris.most": (
        "Moved most, over the whole of its range, by {list} (mean size of the effect, with its 95 % range).",
        "在整个取值范围内影响最大的是{list}（效应的平均大小及95%区间）。",
    ),
    "morris.up": ("{factor}: {range}, upward", "{factor}：{range}，使其上升"),
    "morris.down": ("{factor}: {range}, downward", "{factor}：{range}，使其下降"),
    "morris.either": ("{factor}: {range}, now up, now down", "{factor}：{range}，方向不定"),
    "morris.bends": (
        "How far it moves with {list} depends on the other factors, or bends (σ above half of μ*).",
        "{list}的影响随其他因素而变或非线性（σ大于μ*的一半）。",
    ),
    "luck": ("Not told from nothing: {list}.", "不能与零区分：{list}。"),
    "nothing": ("Exactly nothing in every run: {list}.", "每次运行都毫无影响：{list}。"),
    "one_luck": (
        "With so few replications luck cannot be told from effect (six are needed): {list}.",
        "重复太少，无法把效应与随机性区分（需要六次）：{list}。",
    ),
    "all.luck": ("No factor by itself can be told from nothing.", "没有任何一个因素单独的影响能与零区分。"),
    "effect": ("{move}: {range}.", "{move}：{range}。"),
    "effects.more": (
        "{count} more effects are told from nothing; tables/effects.csv has all.",
        "另有{count}项效应可与零区分，全部见 tables/effects.csv。",
    ),
    "together": (
        "{told} of {all} interactions can be told from nothing; luck alone would give about {chance}. The largest: "
        "{one} and {two} together give {range} beyond the sum of both.",
        "{all}项交互作用中有{told}项可与零区分（仅凭偶然约{chance}项）。最大的一项：{one}与{two}同时变动，"
        "比各自之和多{range}。",
    ),
    "adds": (
        "None of {all} interactions can be told from nothing: what factors do adds up, as far as this design sees.",
        "{all}项交互作用无一可与零区分：就本设计所见，各因素的作用相加。",
    ),
    "no.pairs": (
        "The points are too few to tell interactions.",
        "点数太少，无法判断交互作用。",
    ),
    "fit": (
        "Straight effects and interactions explain {fit} of what differs between points.",
        "线性效应与交互作用解释点之间差异的{fit}。",
    ),
    "fit.poor": (
        "The rest bends or jumps: ranges of effects hold luck, but not that, so read them with the figures.",
        "其余部分是弯曲或跳变：效应的区间只含随机性，不含这一点，请结合图来看。",
    ),
    "ranks.most": (
        "By ranks, the others held, it goes with {list}.",
        "按秩计、其余因素不变时，与之相关的是{list}。",
    ),
    "tornado.stands": ("As things stand: {range}.", "现状下：{range}。"),
    "tornado.turns": (
        "The difference turns at {list}.",
        "在以下取值处，差异改变方向：{list}。",
    ),
    "tornado.keeps": (
        "At no value does the difference turn for certain.",
        "在任何取值处，差异都没有确定地改变方向。",
    ),
    "tornado.value": ("{factor} {value}", "{factor}为{value}"),
    "mean.difference": ("Averaged over all points: {range}.", "各点平均：{range}。"),
    "judged": ("{verdict}, {range}", "{verdict}，{range}"),
    "drowned.rest": (
        "So nothing more is said of it; the tables hold what was computed.",
        "因此不再作进一步说明；计算结果见各表。",
    ),
    "prim.found": (
        "{when} at {interest} of {points} points. {coverage} of these lie where {box}; {density} of the points there "
        "do.",
        "{points}个点中有{interest}个{when}，其中{coverage}位于{box}的范围内；该范围内{density}的点如此。",
    ),
    "prim.trust": (
        "Halves of the points restrict the same factors: {halves}; shuffled points gave as good a box in {chance} of "
        "tries; quasi-p-values: {quasi}.",
        "用半数的点重做，同样限制：{halves}；打乱后得到同样好的盒的比例为{chance}；准p值：{quasi}。",
    ),
    "prim.unstable": (
        "Do not build on it: with half of the points other factors are found.",
        "不宜据此立论：只用半数的点时会得到别的因素。",
    ),
    "prim.chance": (
        "{when} at {interest} of {points} points, but no box of assumptions holds them that chance does not give as "
        "well (shuffled points: {chance} of tries).",
        "{points}个点中有{interest}个{when}，但没有哪一组假设的范围优于偶然所得（打乱后同样好的比例为{chance}）。",
    ),
    "prim.never": ("At none of {points} points: {when}.", "{points}个点中没有一个{when}。"),
    "prim.always": ("At every one of {points} points: {when}.", "全部{points}个点都{when}。"),
    "prim.few": (
        "{when} at {interest} of {points} points: too few on one side to look for a box.",
        "{points}个点中有{interest}个{when}：一侧的点太少，无法寻找范围。",
    ),
    "prim.unclear": (
        "{unclear} of {points} points lie so near the threshold that luck may have put them on their side of it.",
        "{points}个点中有{unclear}个离阈值很近，仅因偶然也可能落在这一侧。",
    ),
    "when.less": ("“{scenario}” gives less than “{against}”", "“{scenario}”低于“{against}”"),
    "when.more": ("“{scenario}” gives more than “{against}”", "“{scenario}”高于“{against}”"),
    "when.difference": ("the difference is {side} {value}", "差异{side}{value}"),
    "when.value": ("{outcome} is {side} {value}", "{outcome}{side}{value}"),
    "below": ("below", "低于"),
    "above": ("above", "高于"),
    "box.between": ("{factor} is {low} to {high}", "{factor}为{low}至{high}"),
    "box.least": ("{factor} is at least {low}", "{factor}不低于{low}"),
    "box.most": ("{factor} is at most {high}", "{factor}不高于{high}"),
    "box.choice": ("{factor} is {choices}", "{factor}为{choices}"),
    "box.and": (" and ", "且"),
    "box.or": (" or ", "或"),
    "noise.clear": (
        "{Luck} makes up {share} of what differs between points.",
        "点之间的差异中，{luck}占{share}。",
    ),
    "noise.noisy": (
        "{share} of what differs between points is {luck}; {needed} {unit} would bring it below a tenth "
        "(there are {runs}).",
        "点之间的差异中{share}是{luck}；{needed}{unit}可使其低于十分之一（现为{runs}）。",
    ),
    "noise.drowned": (
        "The points cannot be told from each other: what the design says of this is drowned in {luck} "
        "(p = {p}; {runs} {unit}).",
        "各点无法彼此区分：本设计对此的回答淹没于{luck}（p = {p}；{runs}{unit}）。",
    ),
    "noise.about": ("about {number}", "约{number}"),
    "noise.many": ("more than 10,000", "一万以上"),
    "noise.luck": ("luck", "随机性"),
    "noise.both": ("chance (luck and parameter sets)", "偶然（随机性与参数组）"),
    "noise.runs": ("runs a point", "次运行（每点）"),
    "noise.sets": ("parameter sets", "组参数"),
    "noise.same": ("It is the same at every point.", "它在各点都相同。"),
    "noise.one_run": (
        "With one run a point luck and effect cannot be told apart: orgsim experiment run {study} --extend "
        "replications=16.",
        "每点只有一次运行，无法区分效应与随机性：orgsim experiment run {study} --extend replications=16。",
    ),
}
_PICTURES = {
    "picture.sobol": ("Sobol indices of {of}, with 95 % ranges", "{of}的 Sobol 指数及95%区间"),
    "picture.pairs": ("Which factors act together on {of}", "哪些因素共同作用于{of}"),
    "picture.morris": ("Elementary effects on {of}", "对{of}的基本效应"),
    "picture.effects": ("{of} by each factor, the others held", "{of}随各因素的变化（其余不变）"),
    "picture.ranks": ("Partial rank correlations with {of}, with 95 % ranges", "与{of}的偏秩相关及95%区间"),
    "picture.tornado": ("One factor at a time: {of}", "逐一变动各因素：{of}"),
    "picture.prim": ("Where it fails: {of}", "何时失效：{of}"),
    "picture.surface": ("{of} over two factors", "{of}随两个因素的变化"),
    "picture.months": ("{of}: how much factors matter, by month", "{of}：各因素的重要性随时间的变化"),
    "picture.S1": ("alone (S1)", "单独（S1）"),
    "picture.ST": ("in all (ST)", "总计（ST）"),
    "picture.share": ("share of the variance", "占方差的份额"),
    "picture.mu_star": ("mean size of the effect, μ*", "效应的平均大小 μ*"),
    "picture.sigma": ("spread of the effect, σ", "效应的离散程度 σ"),
    "picture.prcc": ("partial rank correlation", "偏秩相关系数"),
    "picture.change": ("change from how things stand", "与现状相比的变化"),
    "picture.S2": ("share of the variance that both make together (S2)", "两者共同作用占方差的份额（S2）"),
    "picture.beyond": ("what both do beyond the sum", "两者同时变动时超出各自之和的部分"),
    "picture.total": ("share of the variance, in all (ST)", "占方差的份额，总计（ST）"),
    "picture.untold": ("pale: not told from nothing", "浅色：不能与零区分"),
    "picture.coverage": ("coverage: share of failures in the box", "覆盖率：盒内占全部失效点的份额"),
    "picture.density": ("density: share of the box that fails", "密度：盒内失效点的份额"),
    "picture.chosen": ("chosen", "所选"),
    "picture.fails": ("fails", "失效"),
    "picture.holds": ("holds", "成立"),
    "picture.path": ("Peeling, numbers: factors restricted", "剥离过程，数字为受限因素数"),
    "picture.box": ("The box", "所得的盒"),
    "picture.month": ("month", "月"),
    "picture.point": (
        "points: means, other factors held; line: averages with 95 % ranges",
        "点：各点均值（其他因素不变）；线：平均值及95%区间",
    ),
}
TEXTS = {key: Text(en=en, zh=zh) for group in (_PAGE, _ANSWERS, _PICTURES) for key, (en, zh) in group.items()}
"""Texts by key."""

"""Chinese words of the dashboard."""

TEXTS: dict[str, str] = {
    "app": "社会组织政策模拟",
    "other_language": "English",
    "page.compare": "模拟对照",
    "page.scenarios": "方案比较",
    "page.assumptions": "假设与依据",
    "page.why": "为什么",
    "page.guide": "使用说明",
    "group.funding": "一、资金与政策支持",
    "group.people": "二、员工待遇与培养",
    "group.autonomy": "三、自主性与多方联系",
    "group.supervision": "四、督导与奖惩",
    "group.party": "五、党组织建设",
    "more": "其他措施",
    "start_from": "起点情景",
    "undo": "撤销",
    "redo": "重做",
    "reset": "回到现状",
    "reset_one": "把一项恢复为现状",
    "changed": "与现状不同的 {count} 项措施",
    "changed.none": "各项措施均为现状。",
    "changed.line": "{title}：{before} → {after}",
    "planned.line": "{title}：自 {date} 起 → {after}",
    "planned.ramp": "{title}：自 {date} 起，{over} 个月内逐步 → {after}",
    "help.today": "现状：{today}",
    "help.planned": "起点情景另有按日期的安排；移动滑块即改为始终不变。",
    "help.source": "依据：{source} · 等级 {grade} · {reading}",
    "reading.read": "查阅原文",
    "reading.memory": "凭记忆",
    "reading.derived": "推算",
    "reading.assumed": "假定",
    "open_levers": "» 调整各项措施",
    "source.own": "本项目设定（{where}）",
    "source.bare": "本项目设定",
    "intro": "**三步开始**：① 选一个起点情景　② 拖动左侧滑块（手机上先点左上角 »）　③ 读下面这句"
    "结论。每项措施旁的问号说明它是什么、现状多少、依据如何。",
    "intro.close": "知道了",
    "example": "试试：",
    "policy.changed": "{title}（已改）",
    "policy.mine": "我的方案",
    "title.compare": "{policy}，与“{baseline}”对照",
    "same": "方案与现状相同。拖动左侧任一滑块，或选一个起点情景，即可看到变化。",
    "flat": "已改动的措施在目前的设置下不起作用，例如等级门槛只对发放补助或购买服务的部分生效。",
    "progress": "正在细化：已完成 {done}/{all} 次模拟，区间会继续收窄。",
    "computing": "正在按新的设置计算……",
    "settled": "已完成 {all} 次模拟。",
    "busy": "服务器同时还在计算另外{others}个方案，各方案轮流进行。",
    "preparing": "正在准备模型……",
    "chart.survival": "社会组织存续",
    "chart.retention": "员工留任",
    "chart.survival.y": "每100家社会组织中仍在册",
    "chart.retention.y": "期初在岗的每100名员工中仍在原岗",
    "chart.difference": "与“{baseline}”之差",
    "chart.working": "{scenario}：仍正常运转",
    "chart.reading": "实线为平均，深浅阴影为居中 50% 与 90% 的模拟结果；下图为配对差异及其均值的 95% 区间。",
    "tab.findings": "逐项结论",
    "tab.groups": "按类型和规模",
    "tab.rests": "依据",
    "tab.data": "数据表",
    "tab.plan": "按日期实施",
    "tab.take": "带走结果",
    "groups.outcome": "结果",
    "groups.stratum": "组织类型或规模",
    "groups.difference": "差异（95%区间）",
    "groups.words": "文字判断",
    "rests.head": "全部 {count} 个取值中：A 级 {a} 个，B 级 {b} 个，C 级 {c} 个；其中假定 {assumed} 个。"
    "A 级为本国实测、可直接使用；B 级为他处实测、经调整；C 级证据较弱或为假定。",
    "rests.none": "方案没有改动任何措施。",
    "rests.lever": "措施",
    "rests.change": "改动",
    "rests.grade": "现值的等级",
    "rests.reading": "来源性质",
    "rests.source": "来源",
    "rests.note": "说明",
    "rests.caution": "上面的把握程度只反映模拟中的偶然，不含取值本身的误差。"
    "取值大多为 C 级：结论用于比较方案，不是预测。",
    "take.docx": "报告（Word）",
    "take.pdf": "报告（PDF）",
    "take.html": "报告（网页文件）",
    "take.png": "图（PNG）",
    "take.svg": "图（SVG）",
    "take.csv": "结果数据（CSV）",
    "take.curves": "曲线数据（CSV）",
    "take.yaml": "方案文件（YAML）",
    "take.folder": "完整结果（ZIP，与命令行相同）",
    "take.hint": "点击即生成并下载，内容取自目前已完成的模拟；生成报告约需数秒。",
    "take.zip.note": "ZIP 内含报告、图、表、结论、方案文件及重现所用的命令。",
    "file.survival": "社会组织存续",
    "file.retention": "员工留任",
    "scenarios.this": "当前方案：{title}",
    "scenarios.name": "方案名称",
    "scenarios.keep": "加入比较",
    "scenarios.choose": "一起比较的情景",
    "scenarios.placeholder": "选择情景",
    "scenarios.drop": "移除",
    "scenarios.use": "设为当前",
    "scenarios.download": "下载 YAML",
    "scenarios.load": "从文件打开方案",
    "scenarios.link": "本次比较的链接",
    "scenarios.link.hint": "复制此链接，可重新打开完全相同的比较。",
    "scenarios.empty": "当前方案与现状相同。请移动左侧滑块，或在上面选择情景。",
    "scenarios.most": "一次最多比较 {most} 个方案（含当前方案）；要再加，请先移除一个。",
    "scenarios.left": "一次最多比较 {most} 个方案，以下未列入：{names}。",
    "scenarios.result": "与“{baseline}”之差（95%区间）",
    "scenarios.bad_link": "链接中的内容无法读取，已略过：{problem}",
    "scenarios.far": "“{title}”为 {value}，超出滑块范围；只要不移动该滑块，就按原值计算。",
    "assumptions.head": "不确定的取值",
    "assumptions.lead": "以下 {count} 个取值不由政策决定，也没有本区实测。"
    "改动后，**现状与方案都按新假设重算**，两者之差仍只来自政策。",
    "assumptions.changed": "已修改 {count} 项假设，现状与方案均已重算。",
    "assumptions.choose": "选择一项来改动",
    "assumptions.placeholder": "输入字词查找",
    "assumptions.value": "取值（{unit}，范围 {low} 至 {high}）",
    "assumptions.default": "默认值：{value}",
    "assumptions.reset": "恢复全部假设",
    "assumptions.nulls": "有争议的作用：可设为无作用",
    "assumptions.nulls.lead": "打开后，该作用在现状与方案中都不存在。若结论因此改变，说明结论依赖这一假设。",
    "assumptions.table": "全部取值",
    "assumptions.name": "名称",
    "assumptions.now": "当前值",
    "assumptions.range": "范围",
    "assumptions.unit": "单位",
    "assumptions.grade": "等级",
    "assumptions.reading": "来源性质",
    "assumptions.source": "来源",
    "assumptions.meaning": "含义",
    "null.party_building": "党组织的各种影响",
    "null.participation": "参政议政的影响",
    "null.crowd_out": "财政资金对捐赠的挤出",
    "null.inverted_u": "自主与依附的倒U型关系",
    "null.rating": "评估等级带来的优势",
    "plan.lead": "左侧滑块自首月起生效。要到某月才开始，或逐步到位的措施，在这里安排；图上以竖线标出。",
    "plan.lever": "措施",
    "plan.placeholder": "选择措施",
    "plan.month": "开始月份",
    "plan.over": "在几个月内逐步到位（0 为一次到位）",
    "plan.value": "到位后的值",
    "plan.add": "加入安排",
    "plan.remove": "删除",
    "plan.inherited": "起点情景的安排",
    "why.lead": "选一家组织或一名员工的某个数字，逐层展开它由哪些规则、取值和偶然得出。"
    "每条规则都会重新计算，须与模拟所存逐位一致。",
    "why.whose": "哪个情景",
    "why.column": "要解释的数字",
    "why.month": "月份",
    "why.depth": "展开层数",
    "why.id": "编号（空白则自动选一个典型的）",
    "why.ask": "解释",
    "why.wait": "正在重演这一次模拟……",
    "why.sure": "以上每条规则均已重新计算，与模拟所存结果逐位一致。",
    "guide": """### 这个工具回答什么

在同样的偶然条件下，把一套政策与现状各模拟十年，比较社会组织存续、员工留任、服务和财政支出的差别，并说明把握有多大、依据是什么。

### 怎样读结论

- **很可能**：差异的 95% 区间完全在零的一侧（平均差异方向成立的概率不低于 97.5%）。
- **较可能**：该概率不低于 80%；再低则为**无法判断**。
- **没有实质差别**：整个区间都落在所述界限之内。
- 区间只反映模拟中的偶然，不含取值本身的误差。取值大多较弱，见“假设与依据”。
- “为什么”一页从措施沿规则走到结果，并指出哪项措施起了作用。
- “假设与依据”一页说明换一组取值结论是否成立，偶然与取值哪个疑问更大。

### 它不能做什么

- 不预测某一地区、某一社会组织的未来；只比较方案。
- 基准数字是粗略的先验；请在“我的区县”换成本区的登记册或数量。
- 管理、创新、参政议政和党组织建设的作用证据很少，幅度小、范围宽，且包含零。

### 页面的限度

一次最多比较六个方案；每个区最多五万家组织；方案文件不超过 1 MB，其他文件不超过 10 MB。
本服务器的处理器由所有访问者共用：先给每个人初步结果，再逐步细化。更大的规模请用命令行。

### 引用

本文测算使用 orgsim {version} 完成，结论由作者负责。
""",
    "error.engine": "这组设置没有算出结果。请“撤销”，或下载方案文件交给维护人员。",
}

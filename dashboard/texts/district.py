"""Words about a district of one's own, in English and Chinese."""

EN: dict[str, str] = {
    "file.template": "register-template.csv",
    "page.district": "Your district",
    "scenarios.download.zip": "Download (ZIP with the district)",
    "scenarios.load.hint": "One scenario file; or, for a district of its own, the policy with today.yaml and the "
    "register, or the ZIP they were taken away in. A scenario has up to 1 MB, a register up to 10.",
    "take.yaml.zip": "Scenario files (ZIP with the district)",
    "district.badge.register": "Your register: {total} organizations",
    "district.badge.typed": "Your district: {total} organizations",
    "district.back": "Back to the default",
    "district.not_in_link": "This link was made with a register that somebody uploaded (“{file}”). An upload is "
    "never part of a link: you see the default district. Upload the register under “Your district” to see the same.",
    "district.head": "Your district",
    "district.lead": "Everything on these pages is simulated for one district. The default has {total} organizations "
    "and rough counts. Put your own in its place: **today and every policy** are then computed for it. A file stays "
    "in this server's memory while the page is open; it is not saved, not sent on and never run.",
    "district.now.default": "Now: the default district, {total} organizations, about {budget} of purchased services "
    "a year.",
    "district.now.own": "Now: {line}, {funders} funders, {budget} of purchased services a year.",
    "district.now.upload": "A link cannot hold an upload: whoever opens this page's link is told so and sees the "
    "default district. Under “Take away” the ZIP holds the register.",
    "district.simulate": "See what policies do here",
    "district.tab.upload": "Upload a register",
    "district.tab.typed": "Type counts",
    "district.what": "A register is your list of organizations, **one a row**: CSV or Excel (.xlsx), up to {mb} MB "
    "and {most} organizations. Only the kind of organization is needed. Whatever else you have is used as it is, and "
    "what is missing is drawn to match. Headings are recognized in Chinese and English.",
    "district.template": "Download a template (CSV)",
    "district.example": "Try the example (60 organizations)",
    "district.example.download": "Download the example (CSV)",
    "district.columns": "Which columns are recognized",
    "district.columns.what": "what",
    "district.columns.names": "headings, any of",
    "district.columns.how": "how it is written",
    "district.how.text": "text; tells rows apart, double registration numbers are refused",
    "district.how.kind": "needed: 社会团体, 社会服务机构 or 民办非企业单位, 社会工作服务机构, 基金会, 社区社会组织; "
    "or association, service, social work, foundation, community",
    "district.how.date": "2015-03-01, 2015-03 or 2015",
    "district.how.people": "a whole number",
    "district.how.money": "yuan a year, or the unit in the heading: income (万元)",
    "district.how.rating": "none, 1A to 5A",
    "district.how.yes or no": "yes or no",
    "district.how.years": "years",
    "district.how.office": "name of the street or town; 区级 for the district bureau",
    "district.how.status": "normal, abnormal, dormant; deregistered rows are left out",
    "district.choose": "Choose the register",
    "district.reading": "Reading the register …",
    "district.clear": "Remove this register",
    "district.used": "organizations read",
    "district.refused": "rows left out",
    "district.unusable": "cells not usable",
    "district.account.people": "Who was read",
    "district.account.columns": "Column by column",
    "district.account.refused": "Rows left out, and why",
    "district.account.cells": "Cells set aside; their values are drawn",
    "district.account.sample": "The first rows as they stand in the file",
    "district.account.none": "None.",
    "district.account.more": "and {count} more; orgsim register lists all",
    "district.account.assumed": "Never in a register, so drawn for all: ties, trust, quality, conduct and who works "
    "where.",
    "district.account.offices": "Street and town offices: {offices}",
    "district.budget": "Purchased services a year today (CNY 10,000)",
    "district.budget.register": "Proposed: what these organizations list or usually carry. Put in what the district "
    "really spends; else incomes drift to this sum.",
    "district.budget.typed": "Proposed in proportion to the organizations typed. Put in what the district really "
    "spends.",
    "district.budget.scale": "Other sums for the whole district (cap of subsidies, matching pot, budgets of the "
    "starting scenarios) follow in proportion.",
    "district.use": "Use this district for all policies",
    "district.in_use": "This is the district of all policies now.",
    "district.speed": "A world held to a register takes {times} times as long to burn in as a drawn one. On two free "
    "cores one may expect the first sentence after about {first} s for 300 organizations and {large} s for 1,500. The "
    "page draws it as soon as 4 simulations are done and says how many of {all} there are. The first use on a "
    "machine compiles as well, which takes up to a minute.",
    "district.typed.lead": "How many organizations of each kind there are today, and how many public bodies fund "
    "them: the district bureau and the street and town offices. Everything else is drawn as usual for their kind.",
    "district.typed.funders": "Funders (bureau and offices)",
    "district.typed.total": "{total} organizations together; at most {most}.",
    "files.choose": "Choose a file",
    "district.account.start": "Month 0 is {start}; if organizations were founded later than the default start, it is "
    "the month after the last of them.",
}

ZH: dict[str, str] = {
    "file.template": "登记册模板.csv",
    "page.district": "我的区县",
    "scenarios.download.zip": "下载（ZIP，含区县）",
    "scenarios.load.hint": "一个情景文件；若为自己的区县，请同时选择方案、today.yaml 和登记册，或选择下载时的 ZIP。"
    "情景文件不超过 1 MB，登记册不超过 10 MB。",
    "take.yaml.zip": "方案文件（ZIP，含区县）",
    "district.badge.register": "我的登记册：{total} 家",
    "district.badge.typed": "我的区县：{total} 家",
    "district.back": "恢复默认",
    "district.not_in_link": "此链接是用上传的登记册（“{file}”）得出的。上传的文件不会放进链接，现按默认区县显示；请"
    "在“我的区县”上传该登记册，即可看到同样的结果。",
    "district.head": "我的区县",
    "district.lead": "各页面都以一个区县为对象。默认区县有 {total} 家组织，数量是粗略估计。换成自己的区县后，**现状与"
    "所有方案**都按它重新计算。文件只在页面打开期间留在本服务器内存中，不保存、不外传、不执行。",
    "district.now.default": "目前：默认区县，{total} 家组织，每年购买服务约 {budget}。",
    "district.now.own": "目前：{line}，{funders} 个资助方，每年购买服务 {budget}。",
    "district.now.upload": "上传的文件不能放进链接：他人打开本页链接时会看到说明和默认区县。“带走结果”中的 ZIP 含登"
    "记册。",
    "district.simulate": "看各方案在本区的效果",
    "district.tab.upload": "上传登记册",
    "district.tab.typed": "填写数量",
    "district.what": "登记册就是组织名单，**每行一家组织**：CSV 或 Excel（.xlsx），不超过 {mb} MB、{most} 家。只有登"
    "记类型必填，其余有什么用什么，缺的按已知信息抽取。中英文表头均可识别。",
    "district.template": "下载模板（CSV）",
    "district.example": "试用示例（60 家）",
    "district.example.download": "下载示例（CSV）",
    "district.columns": "可识别哪些列",
    "district.columns.what": "内容",
    "district.columns.names": "表头（任选其一）",
    "district.columns.how": "写法",
    "district.how.text": "文字；用于区分各行，重复的登记号不采用",
    "district.how.kind": "必填：社会团体、社会服务机构（民办非企业单位）、社会工作服务机构、基金会、社区社会组织",
    "district.how.date": "2015-03-01、2015年3月或2015",
    "district.how.people": "整数",
    "district.how.money": "每年多少元；其他单位写在表头，如“年收入（万元）”",
    "district.how.rating": "无、1A 至 5A",
    "district.how.yes or no": "是或否",
    "district.how.years": "岁",
    "district.how.office": "街道或乡镇名；“区级”指区民政局",
    "district.how.status": "正常、活动异常、休眠；已注销、撤销的行不采用",
    "district.choose": "选择登记册",
    "district.reading": "正在读取登记册……",
    "district.clear": "移除这份登记册",
    "district.used": "读入组织",
    "district.refused": "未采用的行",
    "district.unusable": "不可用的单元格",
    "district.account.people": "读入了哪些组织",
    "district.account.columns": "逐列说明",
    "district.account.refused": "未采用的行及原因",
    "district.account.cells": "不采用的单元格，其值改为抽取",
    "district.account.sample": "文件中的前几行",
    "district.account.none": "没有。",
    "district.account.more": "另有 {count} 条；用 orgsim register 可查看全部",
    "district.account.assumed": "任何登记册都没有、因而全部抽取的：组织间联系、公信力、服务质量、守规情况，以及谁在哪"
    "里工作。",
    "district.account.offices": "街道、乡镇：{offices}",
    "district.budget": "目前每年政府购买服务（万元）",
    "district.budget.register": "建议值取自登记册所列，或同类组织的通常水平。请填写本区实际支出，否则各组织收入会向此"
    "数靠拢。",
    "district.budget.typed": "建议值按所填组织折算。请填写本区实际支出。",
    "district.budget.scale": "全区性的其他金额（补助总额上限、配捐资金、各起点情景的预算）按比例随之调整。",
    "district.use": "用作所有方案的区县",
    "district.in_use": "所有方案目前都以此为区县。",
    "district.speed": "按登记册建立的区县须逐月对照名册，预热时间约为抽取区县的 {times} 倍。两核空闲时估计：300 家约 "
    "{first} 秒、1500 家约 {large} 秒后出现第一句结论。完成 4 次模拟即显示，并注明 {all} 次中已完成几次。在一台机器上"
    "首次使用还需编译，至多约一分钟。",
    "district.typed.lead": "目前各类组织有多少家，由多少个公共部门资助（区民政局和各街道、乡镇）。其余按同类组织的通"
    "常情况抽取。",
    "district.typed.funders": "资助方（区民政局和街镇）",
    "district.typed.total": "合计 {total} 家；最多 {most} 家。",
    "files.choose": "选择文件",
    "district.account.start": "模拟从 {start} 开始；若名册中有晚于默认起点成立的组织，则从其中最后一家成立的次月开始。",
}

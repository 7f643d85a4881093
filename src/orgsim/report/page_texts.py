"""Words of the results folder's page and of the command line; `texts` joins them to the rest."""

from __future__ import annotations

PAGE = {
    "page.title.run": ("# {scenario}", "# {scenario}"),
    "page.title.compare": ("# {others}, compared with “{baseline}”", "# {others}：与“{baseline}”对照"),
    "page.findings": ("## What the runs say", "## 模拟结论"),
    "page.against": ("### “{scenario}” against “{baseline}”", "### “{scenario}”与“{baseline}”对照"),
    "page.table": ("## Numbers", "## 数据"),
    "page.charts": ("## Charts", "## 图"),
    "page.reading": ("## How to read this", "## 阅读说明"),
    "page.paired": (
        "Differences are paired: in each replication every scenario meets the same luck, so what differs is policy. "
        "“Very likely” means that the whole 95% range lies on one side of nought (a probability of at least 97.5% that "
        "the mean difference has this sign), “likely” a probability of at least 80%; below that it cannot be told. "
        "“No difference that matters” means that the whole 95% range lies within the margin stated.",
        "差异按配对计算：每次模拟中各情景遇到相同的偶然因素，差别只来自政策。"
        "“很可能”指95%区间完全在零的一侧（平均差异方向成立的概率不低于97.5%），"
        "“较可能”指该概率不低于80%，再低则无法判断；“没有实质差别”指95%区间完全落在所述界限之内。",
    ),
    "page.same_sign": (
        "“Same sign in” counts the replications whose own difference has the sign of the mean.",
        "“方向一致”是差异方向与平均一致的模拟次数。",
    ),
    "page.unit_cost": (
        "Public cost per extra year is the ratio of the mean paired differences, with Fieller's 95% interval; it is "
        "told only where both differences are clearly above nothing.",
        "每多一年的财政支出为两项平均配对差异之比，区间为Fieller 95%区间；仅当两项差异均明确大于零时给出。",
    ),
    "page.doubt": (
        "Every parameter set meets the same luck. Ranges are for the mean over luck under a set of which nothing more "
        "is known: variance between sets, plus what luck leaves in the averages (one-way random effects, Student's t "
        "with one degree of freedom less than there are sets). A source of more than two thirds of the variance is "
        "called most of the doubt.",
        "各参数组遇到相同的偶然因素。区间针对“不知哪一组参数成立”时的平均结果：参数组之间的方差，加上平均值中残留的偶然方差"
        "（单因素随机效应，t分布，自由度为参数组数减一）。某一来源占方差三分之二以上时，称不确定性主要来自该来源。",
    ),
    "page.files": ("## What lies here", "## 文件"),
    "page.file.outcomes": (
        "`outcomes.csv`, `outcomes.parquet`: every outcome for everybody and by kind, size and founding, with ranges",
        "`outcomes.csv`、`outcomes.parquet`：全部结果，含总体及按类型、规模、成立时间分组，附区间",
    ),
    "page.file.replications": (
        "`replications.parquet`: the same for each replication",
        "`replications.parquet`：逐次模拟的同一批结果",
    ),
    "page.file.curves": ("`curves.csv`: what the charts are drawn from", "`curves.csv`：作图数据"),
    "page.file.scenarios": ("`scenarios/`: the scenario files as they were read", "`scenarios/`：读入时的情景文件"),
    "page.file.manifest": (
        "`manifest.json`: versions, seed, fingerprints, and the line that set each value",
        "`manifest.json`：版本、种子、指纹，以及设定每个取值的文件与行号",
    ),
    "page.again": ("To get the same numbers again, in this folder:", "在本文件夹中运行下列命令，可得到相同的数值："),
    "page.survival_alt": ("Organizations still on the register, by month", "仍在册的社会组织占比，按月"),
    "page.retention_alt": ("Staff still in post, by month", "仍在岗员工占比，按月"),
}

CLI = {
    "cli.preparing": ("preparing the model", "准备模型"),
    "cli.compiling": ("compiling the model, once", "首次编译模型"),
    "cli.measuring": ("measuring the facts", "逐项测量"),
    "cli.running": ("running {scenario}", "模拟 {scenario}"),
    "cli.files": ("Results: {folder}", "结果文件夹：{folder}"),
    "cli.next": ("Next:", "接下来可以："),
    "cli.next.read": ("read {file}, look at {chart}", "阅读 {file}，查看 {chart}"),
    "cli.next.report": (
        "--report docx,pdf,html     the same as a report in Word, PDF or for the browser",
        "--report docx,pdf,html     生成 Word、PDF 或网页报告",
    ),
    "cli.next.diff": (
        "orgsim diff {baseline} {scenario}     what exactly differs in the assumptions",
        "orgsim diff {baseline} {scenario}     查看两个情景的设定差异",
    ),
    "cli.next.show": (
        "orgsim show {scenario}     what it assumes, and which line says so",
        "orgsim show {scenario}     查看设定及出处",
    ),
    "cli.next.compare": (
        "orgsim compare {scenario} OTHER     what another scenario would change",
        "orgsim compare {scenario} 其他情景     比较另一情景的差别",
    ),
}

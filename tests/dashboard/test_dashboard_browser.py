"""The dashboard in a real browser: what a person sees between moving a slider and reading the sentence."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from experiments.serving import Served, chromium, served
from experiments.visitor import Visitor
from orgsim.core.parameters import Text
from orgsim.ensembles import compare
from orgsim.ensembles.run import ready
from orgsim.report.findings import findings
from orgsim.report.levers import moved
from orgsim.scenarios import load

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 120.0
"""Seconds: a machine that runs other tests beside these may be slow to draw."""
REPLICATIONS = 4
WATCH = """
window.blank = 0; window.grey = 0; window.frames_seen = 0;
const look = () => {
  const charts = document.querySelectorAll('[data-testid="stMain"] canvas').length;
  const heads = document.querySelectorAll('[data-testid="stMain"] h5').length;
  if (charts < 2 || heads < 1) window.blank += 1;
  if (document.querySelectorAll('[data-testid="stSidebar"] input[type=range]:disabled').length) window.grey += 1;
  window.frames_seen += 1;
  requestAnimationFrame(look);
};
look();
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A dashboard served for these tests, by the command people type."""
    ready()  # compiled before the server's patience counts
    words = f"dashboard --no-browser --quiet -n {REPLICATIONS} --port {{port}}".split()
    with served(REPLICATIONS, (sys.executable, "-m", "orgsim.cli.main", *words)) as running:
        yield running


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium as Debian has it."""
    try:
        with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
            yield chrome
    except FileNotFoundError as error:
        pytest.skip(str(error))


@pytest.fixture
def page(browser: webdriver.Chrome, server: Served) -> webdriver.Chrome:
    """The first page, opened anew and drawn whole."""
    browser.get(f"{server.address}?from=pay-support")
    settled(browser)
    return browser


@pytest.fixture
def anywhere(browser: webdriver.Chrome, server: Served) -> webdriver.Chrome:
    """The first page as the test before has left it; opened where there was none, or another."""
    if browser.current_url.partition("?")[0] != server.address:
        browser.get(server.address)
    settled(browser)
    return browser


def until(browser: webdriver.Chrome, true: Callable[[Any], Any], what: str) -> Any:
    return WebDriverWait(browser, PATIENCE, 0.1).until(true, what)


def settled(browser: webdriver.Chrome) -> None:
    """Wait until the page is drawn and nothing runs any more."""

    def done(chrome: webdriver.Chrome) -> bool:
        return bool(
            chrome.execute_script(
                "const app = document.querySelector('[data-testid=\"stApp\"]');"
                "return app && app.dataset.testScriptState === 'notRunning'"
                " && document.querySelectorAll('[data-testid=\"stMain\"] canvas').length > 1"
                " && document.querySelectorAll('[data-testid=\"stMain\"] h5').length > 0"
            )
        )

    until(browser, done, "the page did not settle")


def sentence(browser: webdriver.Chrome) -> str:
    return str(browser.execute_script("return document.querySelector('[data-testid=\"stMain\"] h5').innerText"))


def slider(browser: webdriver.Chrome, label: str) -> WebElement:
    found: WebElement = browser.find_element(By.CSS_SELECTOR, f'input[type="range"][aria-label^="{label}"]')
    return found


def test_a_slider_moved_by_keyboard_changes_the_sentence_without_a_blank_frame(page: webdriver.Chrome) -> None:
    before = sentence(page)
    page.execute_script(WATCH)
    slider(page, "政府购买服务年度预算").send_keys(Keys.PAGE_UP, Keys.PAGE_UP)
    until(page, lambda chrome: sentence(chrome) != before, "the sentence did not change")
    settled(page)
    assert page.execute_script("return [window.blank, window.grey]") == [0, 0]
    assert page.execute_script("return window.frames_seen") > 10


def test_the_first_measure_ever_moved_leaves_the_charts_in_their_place(
    browser: webdriver.Chrome, server: Served
) -> None:
    browser.get(f"{server.address}?from=baseline")
    settled(browser)
    before = sentence(browser)
    browser.execute_script(WATCH)
    slider(browser, "合同期限").send_keys(Keys.PAGE_UP)
    until(browser, lambda chrome: sentence(chrome) != before, "the sentence did not change")
    settled(browser)
    assert browser.execute_script("return [window.blank, window.grey]") == [0, 0]


def test_the_language_can_be_switched_and_back(anywhere: webdriver.Chrome) -> None:
    page = anywhere
    page.find_element(By.XPATH, "//button[contains(., 'English')]").click()
    until(page, lambda chrome: "Of 100" in sentence(chrome), "the page did not turn English")
    assert "lang=en" in page.current_url
    page.find_element(By.XPATH, "//button[contains(., '中文')]").click()
    until(page, lambda chrome: "每100家" in sentence(chrome), "the page did not turn Chinese")


def test_a_reload_keeps_the_levers(page: webdriver.Chrome) -> None:
    slider(page, "合同期限").send_keys(Keys.ARROW_RIGHT)
    until(page, lambda chrome: "contracts.duration" in chrome.current_url, "the address did not change")
    settled(page)
    shown, value = sentence(page), slider(page, "合同期限").get_attribute("value")
    page.refresh()
    settled(page)
    assert (sentence(page), slider(page, "合同期限").get_attribute("value")) == (shown, value)
    assert slider(page, "岗位补贴").get_attribute("value") == "500"


def test_nothing_is_asked_of_another_host(anywhere: webdriver.Chrome, server: Served) -> None:
    asked = anywhere.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
    assert asked
    assert [name for name in asked if not name.startswith((server.address, "data:", "blob:"))] == []


def test_why_draws_its_picture_on_a_telephone_and_asks_no_other_host(
    browser: webdriver.Chrome, server: Served
) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.get(f"{server.address}why?from=pay-support")
        box = until(
            browser,
            lambda chrome: chrome.execute_script(
                "const box = document.querySelector('[data-testid=\"stMermaidChart\"]')?.getBoundingClientRect();"
                "return box && box.height > 200 ? [box.left, box.right] : null"
            ),
            "no picture was drawn",
        )
        asked = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
        assert [name for name in asked if not name.startswith((server.address, "data:", "blob:"))] == []
        assert box[0] >= 0
        assert box[1] <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_telephone_shows_the_sentence_within_its_width(anywhere: webdriver.Chrome) -> None:
    page = anywhere
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.refresh()
        settled(page)
        box = page.execute_script(
            "const box = document.querySelector('[data-testid=\"stMain\"] h5').getBoundingClientRect();"
            "return [box.left, box.right]"
        )
        assert box[0] >= 0
        assert box[1] <= 390
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("screen", ["", "scenarios"])
def test_a_telephone_opens_the_levers_from_the_foot_of_a_page(
    browser: webdriver.Chrome, server: Served, screen: str
) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    right = "return document.querySelector('[data-testid=\"stSidebar\"]').getBoundingClientRect().right"
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.get(f"{server.address}{screen}?from=pay-support")
        browser.execute_script("localStorage.clear()")  # whether the levers were open last
        browser.refresh()
        button = until(browser, lambda chrome: chrome.find_element(By.ID, "open-levers"), "there is no button")
        assert browser.execute_script(right) <= 0
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        until(browser, lambda chrome: chrome.execute_script(right) > 200, "the levers did not come")
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert not browser.find_element(By.ID, "open-levers").is_displayed()  # where the levers stand beside the page


def test_several_people_at_once_each_read_what_the_command_line_says_of_their_own_policy(server: Served) -> None:
    together = Barrier(3)
    budgets = (16_000.0, 20_000.0, 30_000.0)  # in units of 10,000 CNY

    def person(budget: float) -> tuple[str, bool]:
        with Visitor(server.port, {"from": "baseline"}) as one:
            one.read(lambda: one.done)
            together.wait(PATIENCE)
            one.move("contracts.yearly_budget", budget)
            one.read(lambda: one.replications == REPLICATIONS and not one.done)
            one.read(lambda: one.done)
            return one.sentence, one.replications == REPLICATIONS

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(person, budgets))
    policies = [moved(load("baseline"), {"contracts.yearly_budget": 1e4 * b}, f"policy-{b:.0f}") for b in budgets]
    named = [replace(policy, title=Text(en=policy.name, zh=policy.name)) for policy in policies]
    found = findings(compare("baseline", *named, replications=REPLICATIONS), "zh")
    expected = [one.text for one in found if one.outcome == "survival_10y"]
    assert told == [(sentence, True) for sentence in expected]
    assert len(set(expected)) == 3


def test_a_closed_tab_leaves_the_server_nothing_to_do(server: Served) -> None:
    tabs = [Visitor(server.port, {"from": "baseline"}) for _ in range(6)]
    for number, tab in enumerate(tabs):
        tab.read(lambda tab=tab: tab.done)
        tab.move("contracts.yearly_budget", 31_000.0 + 500.0 * number)
    for tab in tabs:
        tab.close()
    time.sleep(1.5)  # the six would have about four core seconds of work
    before = server.seconds()
    time.sleep(1.0)
    assert server.seconds() - before < 0.3
def test_a_register_chosen_from_disk_is_told_as_text_and_becomes_the_district(
    page: webdriver.Chrome, server: Served, tmp_path: Path
) -> None:
    file = tmp_path / "本区.csv"
    file.write_text(
        "登记类型,<script>window.hacked = true</script>,=HYPERLINK(1)\n社会团体,a,b\n" + "社会工作服务机构,a,b\n" * 9,
        encoding="utf-8",
    )
    page.get(f"{server.address}district?from=pay-support")
    chooser = "[data-testid='stFileUploaderDropzone'] input[type='file']"
    until(page, lambda chrome: chrome.find_elements(By.CSS_SELECTOR, chooser), "no place to choose a file")
    page.find_element(By.CSS_SELECTOR, chooser).send_keys(str(file))
    until(page, lambda chrome: "采用 10 家组织" in main_text(chrome), "the register was not read")
    assert "未使用：B 列“<script>window.hacked = true</script>”" in main_text(page)
    assert "未使用：C 列“=HYPERLINK(1)”" in main_text(page)
    assert page.execute_script("return window.hacked") is None
    press(page, "//button[contains(., '用作所有方案的区县')]")
    until(page, lambda chrome: "所有方案目前都以此为区县" in main_text(chrome), "the district was not taken")
    assert "register=" in page.current_url
    press(page, "//*[@data-testid='stMain']//a[contains(., '看各方案在本区的效果')]")
    until(page, lambda chrome: "与“本区现状”对照" in main_text(chrome), "the policies are not compared in it")


def press(browser: webdriver.Chrome, path: str) -> None:
    """Click what lies at a path, below the bar of pages or not."""
    browser.execute_script("arguments[0].click()", browser.find_element(By.XPATH, path))


def main_text(browser: webdriver.Chrome) -> str:
    return str(browser.execute_script("return document.querySelector('[data-testid=\"stMain\"]').innerText"))


def test_the_server_lies_where_the_command_says() -> None:
    from orgsim.cli.dashboard import folder

    assert (folder() / "app.py").is_file()
    assert Path(folder()).name == "dashboard"

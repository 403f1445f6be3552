"""Packs the project with its data files, as ``scrapyd-deploy`` calls it (``python setup.py bdist_egg``).

Metadata (name, version, dependencies) is in pyproject.toml. The setup.py that scrapyd-deploy would generate
packs Python files alone, and the tests with them.
"""

from setuptools import find_packages, setup

setup(
    packages=find_packages(include=["crawler", "crawler.*"]),
    package_data={
        "crawler": [f"**/*.{kind}" for kind in ("toml", "lua", "html", "css", "js", "json", "typed")]
    },
    include_package_data=False,
    entry_points={"scrapy": ["settings = crawler.settings"]},
    zip_safe=True,
)

"""The resources format: the tree that Git Sync reads and gcx pushes, and what Grafana's own models keep of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from odd_boards import made, odd, understood
from official_model import dropped, require_model
from project import SHOP, obskit, write
from test_shipped import ROOT

from obskit import render
from obskit.finding import Finding
from obskit.naming import folder_uid, is_uid

BOARDS = """\
from obskit.dashboards import dashboard, text

boards = [dashboard(f"Board {{number}}", uid=f"board-{{number}}", folder=folder, panels=[text("Words", "words")])
          for number, folder in enumerate({folders!r})]
"""


def tree(root: Path, *folders: str, env: str = "") -> dict[str, dict[str, Any]]:
    """The objects that boards in these folders become, by path below the format's own folder."""
    write(root, {"pyproject.toml": "[tool.obskit]\n[tool.obskit.env.prod]\nfolder_prefix = 'Prod '\n"})
    write(root, {"dashboards_src/boards.py": BOARDS.format(folders=folders)})
    objects = made(root, "resources", env=env)
    return {path.removeprefix("grafana/resources/"): json.loads(artifact.text) for path, artifact in objects.items()}


def told(root: Path, *folders: str) -> list[Finding]:
    tree(root, *folders)
    analysed = understood(root, "resources")
    formats = render.formats(analysed.project.settings)
    return list(render.findings(analysed, formats, render.run(analysed, formats)))


def test_board_lies_in_the_folder_that_it_names(tmp_path: Path) -> None:
    objects = tree(tmp_path, "Shop Floor")
    folder = objects["shop-floor/_folder.json"]
    board = objects["shop-floor/board-0.json"]
    metadata = {"name": "shop-floor"}
    assert folder == {"apiVersion": "folder.grafana.app/v1", "kind": "Folder", "metadata": metadata, "spec": {"title": "Shop Floor"}}
    assert board["metadata"] == {"name": "board-0", "annotations": {"grafana.app/folder": "shop-floor"}}
    assert (board["apiVersion"], board["kind"], board["spec"]["title"]) == ("dashboard.grafana.app/v1", "Dashboard", "Board 0")


@pytest.mark.parametrize("folder", ["General", "general"])
def test_board_in_general_lies_at_the_root_without_a_folder(tmp_path: Path, folder: str) -> None:
    objects = tree(tmp_path, folder)
    assert [(path, one["metadata"]) for path, one in objects.items()] == [("board-0.json", {"name": "board-0"})]


def test_title_with_a_spaced_slash_nests(tmp_path: Path) -> None:
    objects = tree(tmp_path, "Platform / Shop", "CI/CD")
    nested, flat = folder_uid("Platform / Shop"), folder_uid("CI/CD")
    assert {path: (one["metadata"]["name"], one["metadata"].get("annotations")) for path, one in objects.items()} == {
        "platform/_folder.json": ("platform", None),
        "platform/shop/_folder.json": (nested, {"grafana.app/folder": "platform"}),
        "platform/shop/board-0.json": ("board-0", {"grafana.app/folder": nested}),
        f"{flat}/_folder.json": (flat, None),
        f"{flat}/board-1.json": ("board-1", {"grafana.app/folder": flat}),
    }
    assert [objects[path]["spec"]["title"] for path in ("platform/shop/_folder.json", f"{flat}/_folder.json")] == ["Shop", "CI/CD"]


def test_environment_s_prefix_stands_before_the_outermost_folder(tmp_path: Path) -> None:
    objects = tree(tmp_path, "Platform / Shop", "General", env="prod")
    assert {path: one["spec"]["title"] for path, one in objects.items()} == {
        "prod-platform/_folder.json": "Prod Platform", "prod-platform/shop/_folder.json": "Shop",
        "prod-platform/shop/board-0.json": "Board 0", "prod-general/_folder.json": "Prod General", "prod-general/board-1.json": "Board 1",
    }  # fmt: skip


def test_spec_is_the_provisioned_board(tmp_path: Path) -> None:
    odd(tmp_path)
    for env in ("", "x"):
        boards = {path.rpartition("/")[2]: json.loads(one.text) for path, one in made(tmp_path, "dashboards", env=env).items()}
        objects = {path.rpartition("/")[2]: json.loads(one.text) for path, one in made(tmp_path, "resources", env=env).items()}
        assert {name: one["spec"] for name, one in objects.items() if name != "_folder.json"} == boards
        assert all("id" not in board for board in boards.values())


def test_folder_too_deep_is_an_error(tmp_path: Path) -> None:
    assert told(tmp_path, "A / B / C / D") == []
    (finding,) = told(tmp_path, "A / B / C / D / E")
    said = 'folder "A / B / C / D / E" is nested in 4 others: Grafana and Git Sync nest 4 folders, itself included'
    assert (finding.id, finding.severity, finding.message, finding.hint) == ("delivery", "error", said, 'a folder= with fewer " / " in it')
    assert finding.origin is not None


def test_folders_of_one_uid_are_an_error(tmp_path: Path) -> None:
    (finding,) = told(tmp_path, "Shop floor", "shop Floor", "Shop floor")
    assert (finding.severity, finding.message) == ("error", 'folders "Shop floor" and "shop Floor" would have one uid, "shop-floor"')


@pytest.mark.parametrize(("boards", "warned"), [(898, False), (899, True)])
def test_many_resources_are_a_warning(tmp_path: Path, boards: int, warned: bool) -> None:
    found = [(one.severity, one.message) for one in told(tmp_path, *["Shop"] * boards)]
    assert found == ([("warning", "there are 900 boards and folders: a Git Sync connection takes 1000 resources")] if warned else [])


def test_board_called_as_the_file_of_a_folder_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": '[tool.obskit]\nformats = ["resources"]\n'})
    write(tmp_path, {"dashboards_src/boards.py": BOARDS.format(folders=("Shop",)).replace('f"board-{number}"', '"_folder"')})
    done = obskit(tmp_path, "build")
    said = 'error: uid "_folder" of board "Board 0" is the name by which Git Sync knows the file of a folder [delivery]'
    assert (done.code, said in done.out) == (1, True)


TITLES = [
    "Shop", "shop", "Shop Floor", "Shop-Floor", "Shop  Floor", "A & B", "A / B", "数据", "🎉", "x" * 40, "x" * 41, "x" * 400, "-", "..",
    "nul",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_folder_uid_is_a_uid(title: str) -> None:
    assert is_uid(folder_uid(title))


def test_folder_uids_differ_where_titles_do_but_for_case_and_hyphens() -> None:
    uids = {title: folder_uid(title) for title in TITLES}
    assert (uids["Shop"], uids["shop"], uids["Shop Floor"], uids["Shop-Floor"]) == ("shop", "shop", "shop-floor", "shop-floor")
    assert len(set(uids.values())) == len(uids) - 2


def test_official_models_keep_every_object(tmp_path: Path) -> None:
    require_model()
    from grafana_foundation_sdk.cog import encoder
    from grafana_foundation_sdk.models import folderv1, resource

    def again(model: Any, data: dict[str, Any]) -> Any:
        return json.loads(json.dumps(model.from_json(data), cls=encoder.JSONEncoder))

    objects = [json.loads(one.text) for root in (odd(tmp_path), ROOT) for one in made(root, "resources").values()]
    assert len(objects) > 10
    for one in objects:
        assert again(resource.Manifest, one) == one
        if one["kind"] == folderv1.FolderKind:
            assert (one["apiVersion"], again(folderv1.Folder, one["spec"])) == (folderv1.FolderApiVersion, one["spec"])
        elif one["metadata"]["name"] != "sources":  # the model takes every target of a mixed panel for one of the panel's own kind
            assert [path for path in dropped(one["spec"]) if not path.endswith("links[0].internal")] == []


def test_misspelt_key_is_told_once_however_many_formats_hold_it(tmp_path: Path) -> None:
    bad = SHOP["dashboards_src/shop.py"].replace("thresholds=(0.01, 0.05)", 'extra={"options": {"legnd": 1}}')
    write(tmp_path, SHOP, {"dashboards_src/shop.py": bad})
    write(tmp_path, {"pyproject.toml": '[tool.obskit]\nformats = ["dashboards", "share", "resources", "kubernetes", "rules"]\n'})
    done = obskit(tmp_path, "build")
    assert (done.code, done.out.count("[schema]"), "legnd" in done.out) == (1, 1, True)


@pytest.mark.parametrize("format_", ["share", "resources", "kubernetes"])
def test_misspelt_key_is_told_by_each_format_alone(tmp_path: Path, format_: str) -> None:
    bad = SHOP["dashboards_src/shop.py"].replace("thresholds=(0.01, 0.05)", 'extra={"options": {"legnd": 1}}')
    write(tmp_path, SHOP, {"dashboards_src/shop.py": bad, "pyproject.toml": f'[tool.obskit]\nformats = ["{format_}"]\n'})
    done = obskit(tmp_path, "build")
    assert (done.code, done.out.startswith("dashboards_src/shop.py:7: error: "), "legnd" in done.out) == (1, True, True)

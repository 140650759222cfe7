"""Grafana's provisioning files of datasources and of dashboard providers.

Format: Grafana 13, `provisioning/datasources` and `provisioning/dashboards`; unknown fields are overlooked there, so they are warnings.
"""

from __future__ import annotations

from collections.abc import Callable

from obskit.artifact import Place
from obskit.finding import Finding
from obskit.model import Json
from obskit.naming import UID_LONGEST, is_uid
from obskit.source.files.document import Document
from obskit.source.files.report import Report, short

ID = "provisioning-file"

_DATASOURCES = {"apiVersion": "whole", "datasources": "list", "deleteDatasources": "list", "prune": "bool"}
_DATASOURCE = {
    "name": "text", "type": "text", "access": "text", "orgId": "whole", "uid": "scalar", "url": "text", "user": "scalar",
    "password": "scalar", "database": "scalar", "basicAuth": "bool", "basicAuthUser": "scalar", "basicAuthPassword": "scalar",
    "withCredentials": "bool", "isDefault": "bool", "correlations": "list", "jsonData": "object", "secureJsonData": "object",
    "version": "whole", "editable": "bool", "apiVersion": "any", "readOnly": "bool",
}  # fmt: skip
_PROVIDERS = {"apiVersion": "whole", "providers": "list"}
_PROVIDER = {
    "name": "scalar", "orgId": "whole", "org_id": "whole", "folder": "scalar", "folderUid": "scalar", "type": "text",
    "disableDeletion": "bool", "editable": "bool", "updateIntervalSeconds": "whole", "allowUiUpdates": "bool", "options": "object",
}  # fmt: skip


def datasources(document: Document) -> tuple[Finding, ...]:
    """What Grafana would refuse or misread in a file of datasources."""
    report = Report(document, ID)
    found = report.members(document.data, (), "the file", _DATASOURCES, strict=False)
    defaults: dict[str, str] = {}
    taken: dict[tuple[str, str, str], Place] = {}
    for item, place in report.objects(found.get("datasources"), ("datasources",), "datasources"):
        one = report.members(item, place, _called("datasource", item), _DATASOURCE, strict=False)
        name, org = one.get("name", ""), str(item.get("orgId") or 1)
        what = f'datasource "{short(name)}"' if name else "a datasource"
        for key in ("name", "type"):
            if not item.get(key):
                report.error(place, f"{what} has no {key}", f"{key}: prometheus" if key == "type" else "name: Prometheus")
        if one.get("access", "proxy") not in ("proxy", "direct", "server", "browser", ""):
            report.warning((*place, "access"), f'{what} has the access "{short(one["access"])}"', "proxy, or direct")
        _uid(one.get("uid", ""), (*place, "uid"), what, report)
        for key, text in (("name", name), ("uid", one.get("uid", ""))):
            if text and "$" not in text and taken.setdefault((key, org, text), place) != place:
                report.error((*place, key), f'two datasources have the {key} "{short(text)}"', "give one of them another")
        if one.get("isDefault"):
            if org in defaults:
                report.error((*place, "isDefault"), f'{what} is the default beside "{short(defaults[org])}"', "keep one")
            defaults.setdefault(org, name)
    return report.findings


def providers(document: Document) -> tuple[Finding, ...]:
    """What Grafana would refuse or misread in a file of dashboard providers."""
    report = Report(document, ID)
    found = report.members(document.data, (), "the file", _PROVIDERS, strict=False)
    names: set[str] = set()
    for item, place in report.objects(found.get("providers"), ("providers",), "providers"):
        one = report.members(item, place, _called("provider", item), _PROVIDER, strict=False)
        name, options = one.get("name", ""), one.get("options", {})
        what = f'provider "{short(name)}"' if name else "a provider"
        if name in names and name:
            report.warning((*place, "name"), f'two providers have the name "{short(name)}"', "give one of them another")
        names.add(name)
        if one.get("type", "file") not in ("file", "") and "$" not in one["type"]:
            report.error((*place, "type"), f'{what} has the type "{short(one["type"])}"', "type: file is the only one")
        if not any(isinstance(options.get(key), str) and options[key] for key in ("path", "folder")):
            report.error((*place, "options"), f"{what} says no path", "options: {path: /var/lib/grafana/dashboards}")
        if options.get("foldersFromFilesStructure") is True and (one.get("folder") or one.get("folderUid")):
            hint = "remove folder and folderUid, or foldersFromFilesStructure"
            report.error((*place, "folder"), f"{what} names a folder and takes folders from the files", hint)
    return report.findings


def _uid(uid: str, place: Place, what: str, report: Report) -> None:
    if uid and "$" not in uid and not is_uid(uid):
        hint = f"letters, digits, - and _, at most {UID_LONGEST}"
        report.error(place, f'the uid "{short(uid)}" of {what} is not a uid', hint)


def _called(kind: str, item: Json) -> str:
    name = item.get("name")
    return f'{kind} "{short(name)}"' if isinstance(name, str) and name else f"a {kind}"


READERS: dict[str, Callable[[Document], tuple[Finding, ...]]] = {"datasources": datasources, "providers": providers}
"""By kind of document."""

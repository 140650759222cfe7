from grafanalib.core import AlertGroup

alertgroup = AlertGroup(name="Pages", rules=[])

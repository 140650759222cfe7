from obskit.dashboards import dashboard, row, timeseries

slip = dashboard("Slip", uid="slip", panels=[timeseries("Requests", "up", widht=12)])

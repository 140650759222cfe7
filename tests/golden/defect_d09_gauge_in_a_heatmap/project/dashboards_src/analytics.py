from obskit.dashboards import dashboard, heatmap

analytics = dashboard(
    "Quality Analytics",
    uid="quality-billing-quality-analytics",
    description="How good the work is.",
    tags=("quality-billing",),
    panels=[
        heatmap("Score Heatmap", "quality_billing_quality_score", unit="percentunit", description="How scores are spread over time."),
    ],
)

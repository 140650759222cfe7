from obskit.dashboards import dashboard, heatmap, query

analytics = dashboard(
    "Quality Analytics",
    uid="quality-billing-quality-analytics",
    description="How good the work is.",
    tags=("quality-billing",),
    panels=[
        heatmap(
            "Score Heatmap",
            query("sum by (le) (increase(quality_billing_quality_score_ratio_bucket[$__rate_interval]))", legend="{{le}}"),
            unit="percentunit",
            description="How scores are spread over time.",
        ),
    ],
)

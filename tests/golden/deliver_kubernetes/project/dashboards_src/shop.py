from obskit.dashboards import dashboard, text

board = dashboard("Shop", uid="Shop_1", folder="Platform / Shop", description="How the shop does.", panels=[text("Words", "from {{ here }}\nto\u2028there")])

"""How everything looks: tokens, fonts, shapes and components. Knows nothing of branches."""

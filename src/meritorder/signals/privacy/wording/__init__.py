"""Private text that is told by wording: names, postal addresses, health, pay, wishes and marks."""

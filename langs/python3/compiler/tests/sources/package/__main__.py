raise SystemExit("a program, which nobody imports")

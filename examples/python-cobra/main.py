import cobra_MetaFFIHost as cobra

cobra.bind_module_to_code("cobra_MetaFFIGuest", "go")


def run(command: cobra.Command, names: list[str]) -> None:
    text = f"Hello, {' and '.join(names)}!"
    print(text.upper() if command.Flags().GetBool("loud") else text)


greet = cobra.Command()
greet.Use, greet.Short, greet.Run = "greet NAME…", "Greet somebody", run
greet.Args = cobra.MinimumNArgs(1)
greet.Flags().Bool("loud", False, "shout")

root = cobra.Command()
root.Use, root.SilenceUsage, root.SilenceErrors = "tool", True, True
root.AddCommand(greet)
for line in ["greet Ann", "greet --loud Bob Cid", "greet", "gret Ann"]:
    root.SetArgs(line.split())
    try:
        root.Execute()
    except RuntimeError as error:
        print(error)

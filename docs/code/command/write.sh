# Prints the README.md beside it, from the help of the `metaffi` on the PATH:
#     sh write.sh > README.md
block() {
  printf '\n```sh\nmetaffi %s\n```\n\n<!-- --8<-- [start:%s] -->\n```text\n' "$1" "$2"
  cat
  printf '```\n<!-- --8<-- [end:%s] -->\n' "$2"
}

printf '# The help of `metaffi`\n\n'
printf 'The reference of the command includes these blocks. `sh write.sh > README.md` writes them.\n'
metaffi --help | block --help help
for command in inspect doctor go-setup completions man; do
  metaffi "$command" --help | block "$command --help" "$command"
done
printf 'metaffi …\nABI …\nplatform …\n' | block --version version

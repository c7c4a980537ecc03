//! Derives the entity paths of the guests from an entity's name: the paths by kind of
//! `langs/<language>/language.json`.
//!
//! | name | kind |
//! |---|---|
//! | `add_up` | `function` |
//! | `new Box` | `new` |
//! | `Box.put_in` | `method` |
//! | `get Box.width`, `set Box.width` | `field`, with `getter` or `setter` |
//! | `get total`, `set total` | `global`, with the same |

use anyhow::{Context, Result};

use metaffi_languages::named;

/// The entity path of `name` in a guest.
pub fn path(topic: &str, guest: &str, name: &str) -> Result<String> {
    let (verb, name) = name.split_once(' ').unwrap_or(("", name));
    let (class, member) = name.split_once('.').unwrap_or(("", name));
    let (kind, accessor) = match (verb, class) {
        ("new", _) => ("new", ""),
        ("get", "") => ("global", ",getter"),
        ("set", "") => ("global", ",setter"),
        ("get", _) => ("field", ",getter"),
        ("set", _) => ("field", ",setter"),
        (_, "") => ("function", ""),
        _ => ("method", ""),
    };
    let of_guest = named(guest).guest.as_ref().and_then(|guest| guest.entities.get(kind));
    let mut path =
        of_guest.with_context(|| format!("langs/{guest}/language.json has no `{kind}`"))?.clone();
    for (word, value) in [("topic", topic), ("class", class), ("member", member)] {
        path = path
            .replace(&format!("{{{word}}}"), value)
            .replace(&format!("{{{word}:pascal}}"), &pascal(value))
            .replace(&format!("{{{word}:camel}}"), &camel(value));
    }
    Ok(path + accessor)
}

fn pascal(text: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    text.split('_').map(capitalized).collect()
}

fn camel(text: &str) -> String {
    let (first, rest) = text.split_once('_').unwrap_or((text, ""));
    first.to_owned() + &pascal(rest)
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_name_has_its_place_in_each_guest() {
        for (name, paths) in [
            ("add_up", ["callable=add_up", "class=Things,callable=addUp", "callable=things.AddUp"]),
            (
                "new Box",
                ["callable=Box", "class=Things.Box,callable=<init>", "callable=things.NewBox"],
            ),
            (
                "Box.put_in",
                [
                    "callable=Box.put_in,instance_required",
                    "class=Things.Box,callable=putIn,instance_required",
                    "callable=things.Box.PutIn,instance_required",
                ],
            ),
            (
                "get Box.width",
                [
                    "attribute=width,instance_required,getter",
                    "class=Things.Box,field=width,instance_required,getter",
                    "field=things.Box.Width,instance_required,getter",
                ],
            ),
            (
                "set total",
                [
                    "attribute=total,setter",
                    "class=Things,field=total,setter",
                    "global=things.Total,setter",
                ],
            ),
        ] {
            let guests = ["python3", "openjdk", "go"];
            assert_eq!(guests.map(|guest| path("things", guest, name).unwrap()), paths);
        }
    }
}

//! What an entity's name says about where each guest has it.
//!
//! | name | Python | Java (topic `things`) | Go |
//! |---|---|---|---|
//! | `add_up` | `add_up` | `Things.addUp` | `things.AddUp` |
//! | `new Box` | `Box` | `new Things.Box` | `things.NewBox` |
//! | `Box.put_in` | its method | its method | its method |
//! | `get Box.width` | its attribute | its field | its field |
//! | `get total` | the module's attribute | a static field | a variable |

/// The entity path of `name` in a guest.
pub fn path(topic: &str, guest: &str, name: &str) -> String {
    let (verb, name) = name.split_once(' ').unwrap_or(("", name));
    let (class, member) = name.split_once('.').unwrap_or(("", name));
    let spot = Spot { topic, verb, class, member };
    match guest {
        "openjdk" => spot.in_java(),
        "go" => spot.in_go(),
        _ => spot.in_python(),
    }
}

/// A name, taken apart.
struct Spot<'a> {
    topic: &'a str,
    /// `new`, `get`, `set`, or empty.
    verb: &'a str,
    class: &'a str,
    member: &'a str,
}

impl Spot<'_> {
    fn in_python(&self) -> String {
        let Self { class, member, .. } = self;
        match self.verb {
            "get" | "set" => format!("attribute={member}{}", self.tags()),
            _ if class.is_empty() => format!("callable={member}"),
            _ => format!("callable={class}.{member}{}", self.tags()),
        }
    }

    fn in_java(&self) -> String {
        let (topic, member) = (pascal(self.topic), camel(self.member));
        let class = match (self.verb, self.class) {
            ("new", _) => format!("{topic}.{}", self.member),
            (_, "") => topic,
            (_, class) => format!("{topic}.{class}"),
        };
        match self.verb {
            "new" => format!("class={class},callable=<init>"),
            "get" | "set" => format!("class={class},field={member}{}", self.tags()),
            _ => format!("class={class},callable={member}{}", self.tags()),
        }
    }

    fn in_go(&self) -> String {
        let (topic, member) = (self.topic, pascal(self.member));
        let class = match self.class {
            "" => String::new(),
            class => format!("{class}."),
        };
        match self.verb {
            "new" => format!("callable={topic}.New{member}"),
            "get" | "set" => {
                let key = if class.is_empty() { "global" } else { "field" };
                format!("{key}={topic}.{class}{member}{}", self.tags())
            }
            _ => format!("callable={topic}.{class}{member}{}", self.tags()),
        }
    }

    fn tags(&self) -> String {
        let instance = if self.class.is_empty() { "" } else { ",instance_required" };
        let accessor = match self.verb {
            "get" => ",getter",
            "set" => ",setter",
            _ => "",
        };
        format!("{instance}{accessor}")
    }
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

//! Uses guava's collections.

mod guava {
    include!(concat!(env!("OUT_DIR"), "/guava_MetaFFIHost.rs"));
}

use guava::{ArrayListMultimap, ImmutableMap, JavaLangIllegalArgumentException, Joiner};
use guava::{Lists, Preconditions, Range, Splitter};

fn main() -> Result<(), metaffi::Error> {
    guava::bind_module_to_code("guava-33.2.1-jre.jar", "openjdk")?;
    println!("{}", Joiner::on("-")?.join_iterable(["a", "b", "c"])?);
    let words = Splitter::on(",")?.trim_results()?.split_to_list("pen, ink , paper")?;
    let by_length = ArrayListMultimap::create()?;
    for word in &words {
        let word = word?;
        by_length.put(word.len() as i32, word)?;
    }
    println!("{by_length} {}", Lists::transform(&words, |word: String| word.to_uppercase())?);
    let prices: ImmutableMap<String, i32> = ImmutableMap::of_k_v_k_v("pen", 3, "ink", 5)?;
    println!("{prices} {:?} {:?}", prices.get("ink")?, prices.get("cup")?);
    let five = Range::closed::<i32>(1, 5)?;
    println!("{five} {}", five.contains(5)?);
    match Preconditions::check_argument(false) {
        Err(error) if error.is::<JavaLangIllegalArgumentException>() => println!("{error}"),
        other => other?,
    }
    Ok(())
}

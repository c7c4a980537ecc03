//! Java from Rust, by stubs.

#[path = "kit_MetaFFIHost.rs"]
mod kit;

use kit::*;
use metaffi::stubs::OrNone as _;

fn main() -> Result<(), metaffi::Error> {
    let path = std::env::args().nth(1).unwrap();
    bind_module_to_code(&path, "openjdk")?;
    objects()?;
    collections()?;
    functions()?;
    values()?;
    errors()
}

struct Own;

impl KitSeedMethods for Own {
    fn clone(&self) -> Result<KitSeed, metaffi::Error> {
        KitSeed::implement(Own)
    }
    fn size(&self) -> Result<i32, metaffi::Error> {
        Ok(2)
    }
}

fn objects() -> Result<(), metaffi::Error> {
    let kit = Kit::new("x")?;
    assert_eq!((kit.to_string().as_str(), Kit::MAX, Kit::NAME), ("Kit x", 7, "kit"));
    assert_eq!(kit.append_string("a")?.append_int32(1)?.append()?, kit);
    kit.set_count(3)?;
    let ranked: KitRanked = KitRanked::new()?;
    assert_eq!(ranked.compare_to(ranked.clone())?, 0);
    assert!(kit > Kit::new_string_int32("y", 2)? && kit <= kit.clone());
    assert_eq!(kit.count()?, 3);
    assert_eq!(Kit::kits(&[&kit, &kit])?.len(), 2);
    let closeable: JavaLangAutoCloseable = kit.clone().into();
    closeable.close()?;
    let any = Kit::any(&kit)?;
    assert_eq!(any, metaffi::Value::from(&kit));
    assert!(kit.is::<JavaLangObject>());
    assert_eq!(kit.cast::<JavaUtilMap>().unwrap_err().message, "the object is not an instance of java.util.Map");
    assert_eq!(Kit::paint(&KitColor::Green)?, KitColor::Green);
    assert_eq!(Kit::size_of_clone(&KitSeed::implement(Own)?)?, 2);
    assert_eq!((KitColor::Green.ordinal()?, KitColor::Green.next()?), (1, KitColor::Red));
    Ok(())
}

fn collections() -> Result<(), metaffi::Error> {
    let kit = Kit::new_string_int32("x", 1)?;
    let names = kit.names()?;
    let all: Vec<String> = names.into_iter().collect::<Result<_, _>>()?;
    assert_eq!(all, ["a", "x"]);
    assert_eq!((names.get(0)?.as_str(), names.size()?), ("a", 2));
    let ages = kit.ages()?;
    assert_eq!((ages.get("a")?, ages.get("z").or_none()?), (1, None));
    assert_eq!(Kit::max([1, 5, 3])?, 5);
    assert_eq!(Kit::max::<String>(["a", "b"])?, "b");
    assert_eq!(Kit::max(&names)?, "x");
    assert_eq!(Kit::all([kit.clone()])?.get(0)?, kit);
    Ok(())
}

fn functions() -> Result<(), metaffi::Error> {
    assert_eq!(Kit::apply(|text| text.len() as i32, "four")?, 4);
    assert_eq!(Kit::twice(|x| x + 1, 4)?, 6);
    assert_eq!(Kit::length()?.apply("four")?, 4);
    assert_eq!(Kit::supply()?.get()?, "s");
    assert_eq!(Kit::label_of(|| 2.5)?, "shape 2.5");
    Ok(())
}

fn values() -> Result<(), metaffi::Error> {
    assert_eq!(Kit::join("-", &["a", "b"])?, "a-b");
    assert_eq!(Kit::letter('x')?, 'x');
    assert_eq!((Kit::boxed(Some(3))?, Kit::boxed(None)?), (Some(3), None));
    assert_eq!(Kit::maybe(true)?.get()?, "x");
    assert_eq!(Kit::words(&[vec!["a".into()]])?, ["a"]);
    assert!(Kit::none().unwrap_err().is_null());
    Ok(())
}

fn errors() -> Result<(), metaffi::Error> {
    let error = Kit::fail("oh").unwrap_err();
    assert!(error.is::<KitKitException>() && error.is::<JavaLangRuntimeException>());
    assert!(!error.is::<JavaLangIllegalArgumentException>());
    let exception = error.exception::<KitKitException>().unwrap();
    assert_eq!((exception.code()?, exception.get_message()?.as_str()), (3, "oh"));
    Ok(())
}

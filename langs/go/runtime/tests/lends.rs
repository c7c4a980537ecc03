//! Memory that a Go function does not keep is the caller's own.

mod support;

use metaffi::Function;
use support::{get, module, run};

#[test]
fn what_is_only_read_is_lent() {
    let lends = module("lends");
    let data: Function<(&[i64],), u64> = lends.function("callable=Data").unwrap();
    let numbers = [1_i64, 2, 3];
    assert_eq!(data.call((&numbers,)).unwrap(), numbers.as_ptr() as u64);
    let sum: Function<(&[i64],), i64> = lends.function("callable=Sum").unwrap();
    assert_eq!(sum.call((&numbers,)).unwrap(), 6);
    assert_eq!(sum.call((&[],)).unwrap(), 0);
    let spaces: Function<(&str,), i64> = lends.function("callable=Spaces").unwrap();
    assert_eq!(spaces.call(("a b c",)).unwrap(), 2);
    assert_eq!(spaces.call(("",)).unwrap(), 0);
}

#[test]
fn what_may_not_be_written_is_copied() {
    let lends = module("lends");
    let double: Function<(&[i64],), ()> = lends.function("callable=Double").unwrap();
    let numbers = [1_i64, 2, 3];
    double.call((&numbers,)).unwrap();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn elements_of_another_type_are_converted() {
    let lends = module("lends");
    assert_eq!(get(&lends, "callable=Sum", &[vec![1_u8, 2].into()]), 3_i64.into());
}

#[test]
fn what_is_kept_is_a_copy() {
    let lends = module("lends");
    let keep: Function<(&[i64],), ()> = lends.function("callable=DoubleAndKeep").unwrap();
    let mut numbers = vec![1_i64, 2, 3];
    keep.call((&numbers,)).unwrap();
    numbers.fill(100);
    assert_eq!(get(&lends, "callable=Kept", &[]), 12_i64.into());
    let keep: Function<(&str,), ()> = lends.function("callable=KeepText").unwrap();
    let mut text = "kept".to_owned();
    keep.call((&text,)).unwrap();
    text.replace_range(.., "gone");
    assert_eq!(get(&lends, "callable=KeptText", &[]), "kept".into());
    run(&lends, "callable=KeepBytes", &[vec![b'a'; 3].into()]);
    assert_eq!(get(&lends, "callable=KeptBytes", &[]), "aaa".into());
}

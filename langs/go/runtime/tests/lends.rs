//! Memory that a Go function does not keep is borrowed from the caller.

mod support;

use metaffi::{Function, Type, TypeInfo};
use support::{get, module, run};

#[test]
fn a_read_only_argument_is_borrowed() {
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
fn read_only_memory_is_copied() {
    let lends = module("lends");
    let double: Function<(&[i64],), ()> = lends.function("callable=Double").unwrap();
    let numbers = [1_i64, 2, 3];
    double.call((&numbers,)).unwrap();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn writable_memory_is_filled() {
    let lends = module("lends");
    let double: Function<(&mut [i64],), ()> = lends.function("callable=Double").unwrap();
    let mut numbers = [1_i64, 2, 3];
    double.call((&mut numbers,)).unwrap();
    assert_eq!(numbers, [2, 4, 6]);
    double.call((&mut numbers[1..],)).unwrap();
    assert_eq!(numbers, [2, 8, 12]);
    // It is kept, so it is a copy, which is copied back.
    let keep: Function<(&mut [i64],), ()> = lends.function("callable=DoubleAndKeep").unwrap();
    keep.call((&mut numbers,)).unwrap();
    assert_eq!(numbers, [4, 16, 24]);
    numbers.fill(0);
    assert_eq!(get(&lends, "callable=Kept", &[]), 44_i64.into());
    let copy: Function<(&mut [u8], &[u8]), i64> = lends.function("callable=Copy").unwrap();
    let mut bytes = [0_u8; 3];
    assert_eq!(copy.call((&mut bytes, b"abcd")).unwrap(), 3);
    assert_eq!(&bytes, b"abc");
}

#[test]
fn entities_tell_which_arrays_they_fill() {
    let lends = module("lends");
    let (int64, text) = (Type::INT64, Type::STRING8);
    let (int64s, bytes) = (int64.array(), Type::UINT8.array());
    let infos = |types: &[Type]| types.iter().map(|ty| TypeInfo::new(*ty)).collect::<Vec<_>>();
    let fills = |path, params: &[Type], rets: &[Type]| {
        lends.entity(path, &infos(params), &infos(rets)).unwrap().fills()
    };
    assert_eq!(fills("callable=Sum", &[int64s], &[int64]), 0);
    assert_eq!(fills("callable=Double", &[int64s], &[]), 1);
    assert_eq!(fills("callable=Copy", &[bytes, bytes], &[int64]), 1);
    assert_eq!(fills("callable=Fill", &[int64, int64s], &[]), 2);
    assert_eq!(fills("callable=KeepBytes", &[bytes], &[]), 1);
    assert_eq!(fills("callable=KeepText", &[text], &[]), 0);
    let read = "callable=Source.Read,instance_required";
    assert_eq!(fills(read, &[Type::HANDLE, bytes], &[int64]), 2);
}

#[test]
fn elements_of_another_type_are_converted() {
    let lends = module("lends");
    assert_eq!(get(&lends, "callable=Sum", &[vec![1_u8, 2].into()]), 3_i64.into());
}

#[test]
fn a_kept_argument_is_a_copy() {
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

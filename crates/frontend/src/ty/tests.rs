use super::*;

#[test]
fn equal_kinds_are_one_type() {
    let mut types = Types::default();
    let common = types.common();
    assert_eq!(types.intern(TyKind::Array(common.int)), types.intern(TyKind::Array(common.int)));
    assert_ne!(types.intern(TyKind::Array(common.int)), types.intern(TyKind::Array(common.str)));
}

#[test]
fn options_do_not_nest() {
    let mut types = Types::default();
    let common = types.common();
    let once = types.option(common.int);
    assert_eq!(types.option(once), once);
    assert_eq!(types.option(common.nil), common.nil);
}

#[test]
fn joins() {
    let mut types = Types::default();
    let c = types.common();
    let option = types.option(c.int);
    let u8 = types.intern(TyKind::Int(IntTy::U8));
    let i8 = types.intern(TyKind::Int(IntTy::I8));
    let pair = types.intern(TyKind::Tuple(vec![c.int, c.nil]));
    let other = types.intern(TyKind::Tuple(vec![c.float, c.str]));
    let word = types.option(c.str);
    let both = types.intern(TyKind::Tuple(vec![c.float, word]));
    for (a, b, result) in [
        (c.int, c.int, Some(c.int)),
        (c.int, c.nil, Some(option)),
        (c.nil, option, Some(option)),
        (c.int, c.float, Some(c.float)),
        (c.int, u8, Some(c.int)),
        (i8, u8, None),
        (c.never, c.str, Some(c.str)),
        (c.int, c.str, None),
        (c.error, c.str, Some(c.error)),
        (pair, other, Some(both)),
    ] {
        assert_eq!(join(&mut types, a, b), result);
        assert_eq!(join(&mut types, b, a), result, "a join has no order");
    }
}

#[test]
fn literals_take_the_type_of_the_others() {
    let mut types = Types::default();
    let c = types.common();
    let u8 = types.intern(TyKind::Int(IntTy::U8));
    let maybe = types.option(u8);
    assert_eq!(join_all(&mut types, &[Source::Literal, Source::Value(u8)]), Ok(u8));
    assert_eq!(join_all(&mut types, &[Source::Literal, Source::Value(maybe)]), Ok(maybe));
    assert_eq!(join_all(&mut types, &[Source::Literal, Source::Literal]), Ok(c.int));
    assert_eq!(join_all(&mut types, &[Source::Literal, Source::Value(c.str)]), Err((c.str, c.int)));
}

#[test]
fn widths() {
    assert!(IntTy::I64.holds(i128::from(i64::MIN)) && !IntTy::I64.holds(i128::from(u64::MAX)));
    assert!(IntTy::I16.holds_all_of(IntTy::U8) && !IntTy::I8.holds_all_of(IntTy::U8));
    assert!(!IntTy::U64.holds_all_of(IntTy::I8) && !IntTy::I64.holds_all_of(IntTy::U64));
}

//! Each `@extern` line of the library against the table.

use super::FILES;
use crate::ffi::{Lane, by_symbol};

/// The lanes of a type as written.
fn lanes(ty: &str) -> Vec<Lane> {
    match ty.trim() {
        "int" => vec![Lane::Int],
        "float" => vec![Lane::Float],
        "bool" => vec![Lane::Bool],
        "nil" => vec![],
        "range" => vec![Lane::Int, Lane::Int, Lane::Int, Lane::Bool],
        "str" | "str?" => vec![Lane::Ref],
        array if array.starts_with('[') => vec![Lane::Ref],
        option if option.ends_with('?') => [lanes(&option[..option.len() - 1]), vec![Lane::Bool]].concat(),
        other => panic!("a type without lanes: {other}"),
    }
}

/// Symbol, parameters and result of each extern line.
fn externs(text: &str) -> Vec<(String, Vec<Lane>, Vec<Lane>)> {
    let (mut found, mut receiver, mut symbol) = (vec![], "", None);
    for line in text.lines() {
        if let Some(ty) = line.strip_prefix("impl ") {
            receiver = ty.trim_end_matches(':');
        }
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("@extern(\"") {
            symbol = Some(rest.trim_end_matches("\")").to_string());
            continue;
        }
        let (Some(name), Some(at)) = (symbol.take(), line.find("fn ")) else { continue };
        let (params, result) = line[at..].split_once(')').expect("a parameter list");
        let params = params.split_once('(').expect("a parameter list").1;
        let params = params.split(',').filter(|param| !param.is_empty()).flat_map(|param| {
            let ty = param.split('=').next().unwrap_or(param);
            match ty.split_once(':') {
                Some((_, ty)) => lanes(ty),
                None => lanes(receiver),
            }
        });
        found.push((name, params.collect(), lanes(result.trim().strip_prefix("->").unwrap_or("nil"))));
    }
    found
}

#[test]
fn extern_lines_agree_with_the_table() {
    let mut count = 0;
    for (file, text) in FILES {
        for (symbol, params, results) in externs(text) {
            let function = by_symbol(&symbol).unwrap_or_else(|| panic!("{file}: no runtime function {symbol}"));
            assert_eq!(function.params, params, "{file}: parameters of {symbol}");
            assert_eq!(function.results, results, "{file}: result of {symbol}");
            count += 1;
        }
        assert_eq!(text.matches("@extern(").count(), externs(text).len(), "{file}");
    }
    assert!(count > 80, "{count}");
}

#[test]
fn every_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../std");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the library's folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let mut listed: Vec<&str> = FILES.iter().map(|file| file.0).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
}

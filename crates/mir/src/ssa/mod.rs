//! SSA: values that are defined once, and blocks with parameters where paths with different values meet.

mod build;

pub use build::build;

//! Whether a test that the table names stands in the sources: as the test runner names it, `vestibule-ui::theme
//! every_pair_of_colours_stands_apart`, it is looked for through the modules that the compiler goes through.

use std::fs;
use std::path::{Path, PathBuf};

/// What is wrong with a name; nothing if it is that of a test that runs.
pub fn fault(name: &str) -> Option<String> {
    find(name).err().map(|why| format!("{name:?}: {why}"))
}

fn find(name: &str) -> Result<(), String> {
    let (binary, test) = name.split_once(' ').ok_or("write the binary, a space, and the test")?;
    let (package, integration) = match binary.split_once("::") {
        Some((package, test)) => (package, Some(test)),
        None => (binary, None),
    };
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join(match package {
        "vestibule" => "",
        "vestibule-ui" => "ui",
        "vestibule-hardware" => "hardware",
        _ => return Err(format!("there is no package {package}")),
    });
    let (mut file, mut folder) = match integration {
        None => (home.join("src/lib.rs"), home.join("src")),
        Some(binary) if home.join("tests").join(binary).join("main.rs").is_file() => {
            (home.join("tests").join(binary).join("main.rs"), home.join("tests").join(binary))
        }
        Some(binary) => (home.join("tests").join(format!("{binary}.rs")), home.join("tests")),
    };
    let mut text = read(&file)?;
    let mut modules: Vec<&str> = test.split("::").collect();
    let function = modules.pop().unwrap_or_default();
    for module in modules {
        let has = |ending: &str| {
            text.lines().any(|line| line.trim_end().ends_with(&format!("mod {module}{ending}")))
        };
        if has(" {") {
            continue;
        }
        if !has(";") {
            return Err(format!("{} has no module {module}", file.display()));
        }
        let beside = folder.join(format!("{module}.rs"));
        folder.push(module);
        file = if beside.is_file() { beside } else { folder.join("mod.rs") };
        text = read(&file)?;
    }
    runs(&text, function)
}

fn read(file: &PathBuf) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Whether a file has a test of this name that is not passed over.
fn runs(text: &str, function: &str) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(&format!("fn {function}(")));
    let at = at.ok_or_else(|| format!("there is no function {function}"))?;
    let above = lines[..at].iter().rev();
    let attributes: Vec<&&str> =
        above.take_while(|line| line.starts_with("#[") || line.starts_with("//")).collect();
    let has = |attribute: &str| attributes.iter().any(|line| line.starts_with(attribute));
    if !has("#[test]") {
        return Err(format!("{function} is no test"));
    }
    if has("#[ignore") || has("#[cfg") {
        return Err(format!("{function} does not always run"));
    }
    Ok(())
}

//! What can be a source, and the errors for invalid ones.

mod support;

use std::fs;
use std::path::Path;

use metaffi_compiler::Reader;
use metaffi_idl::{ClassKind, Idl};
use metaffi_openjdk_compiler::OpenJdk;
use support::{Warnings, class, extract, extract_with, fixture_sources, fixtures, pack, without};

/// The error of an extraction, without the folder's name.
fn error_of(source: &Path, folder: &Path) -> String {
    let error = extract_with(source, "", &Warnings::default()).unwrap_err();
    without(&error.to_string(), folder)
}

#[test]
fn java_is_claimed_by_suffix_or_by_class_files() {
    let folder = fixtures(&["-g"]);
    let classes = folder.path().join("classes");
    let both = format!("a.jar;{}", classes.display());
    for source in [Path::new("gone.jar"), Path::new("A.class"), Path::new("B.JAVA"), &classes] {
        assert!(OpenJdk.claims(source), "{}", source.display());
    }
    assert!(OpenJdk.claims(folder.path()), "class files deep below");
    assert!(OpenJdk.claims(Path::new(&both)));
    assert!(OpenJdk.claims(&fixture_sources()), "sources");
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    for source in [Path::new(""), Path::new("a.py"), Path::new("json"), &texts] {
        assert!(!OpenJdk.claims(source), "{}", source.display());
    }
    assert!(!OpenJdk.claims(Path::new("a.jar;b.py")));
}

#[test]
fn several_jars_are_one_interface_and_the_first_wins() {
    let folder = fixtures(&["-g"]);
    let first = pack(folder.path(), "first-1.0.jar");
    let other = tempfile::tempdir().unwrap();
    let source = other.path().join("Point.java");
    fs::write(&source, "package shop; public class Point { public void second() {} }").unwrap();
    let extra = other.path().join("Extra.java");
    fs::write(&extra, "package shop; public class Extra { public void more() {} }").unwrap();
    let joined = format!("{};{};{}", first.display(), source.display(), extra.display());
    let idl = extract(&joined);
    assert_eq!(idl.idl_source, "first");
    assert_eq!(class(&idl, "Point").kind, ClassKind::Record, "that of the first jar");
    assert_eq!(class(&idl, "Extra").methods.len(), 1);
    let lib = format!("{};{};{}", first.display(), "Point.class", "Extra.class");
    assert_eq!(without(&idl.metaffi_guest_lib, other.path()), lib);
}

#[test]
fn a_jar_that_inflates_too_far_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let jar = folder.path().join("bomb.jar");
    let mut archive = zip::ZipWriter::new(fs::File::create(&jar).unwrap());
    let zeros = vec![0; 40 << 20];
    for name in ["A.class", "B.class"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, &zeros).unwrap();
    }
    archive.finish().unwrap();
    let error = error_of(&jar, folder.path());
    assert!(error.contains("its class files inflate to more than 64 MB"), "{error}");
}

#[test]
fn a_java_source_is_compiled_with_its_names() {
    let source = fixture_sources().join("shop/Visitor.java");
    let idl = extract(&source);
    let visit = &class(&idl, "Visitor").methods[0].function;
    assert_eq!(visit.signature(), "visit(element: any, depth: int64) -> any");
    assert_eq!((idl.idl_source.as_str(), idl.idl_extension.as_str()), ("Visitor", ".java"));
}

#[test]
fn a_java_source_finds_the_others_of_its_package_and_lists_only_itself() {
    let idl = extract(fixture_sources().join("shop/Article.java"));
    let names: Vec<&str> = idl.modules[0].classes.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Article", "Article$Part", "Article$Part$Inner"]);
}

#[test]
fn a_java_source_may_need_jars() {
    let folder = fixtures(&["-g"]);
    let jar = pack(folder.path(), "shop.jar");
    let source = folder.path().join("Uses.java");
    fs::write(&source, "public class Uses { public shop.Size size() { return null; } }").unwrap();
    let options = format!("classpath={}", jar.display());
    let idl = extract_with(&source, &options, &Warnings::default()).unwrap();
    assert_eq!(idl.modules[0].name, "Uses", "the unnamed package has the stem for a name");
    assert_eq!(idl.modules[0].tags["package"], "");
}

#[test]
fn a_java_source_that_does_not_compile_shows_javacs_errors() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("Broken.java");
    fs::write(&source, "public class Broken {\n    int x = \"no\";\n}\n").unwrap();
    assert_eq!(
        error_of(&source, folder.path()),
        "Broken.java: javac reports errors:\n\
         Broken.java:2: error: incompatible types: String cannot be converted to int\n    \
         int x = \"no\";\n            ^\n1 error"
    );
}

#[test]
fn missing_and_empty_sources_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let help = "help: check the path; it is relative to the working directory";
    for gone in ["gone.jar", "gone.class"] {
        assert_eq!(
            error_of(&at(gone), folder.path()),
            format!("{gone}: no such file or folder\n{help}")
        );
    }
    assert_eq!(
        error_of(&at("Gone.java"), folder.path()),
        format!("Gone.java: no such file\n{help}")
    );
    fs::create_dir(at("empty")).unwrap();
    assert_eq!(
        error_of(&at("empty"), folder.path()),
        "empty: it contains no class files\n\
         help: pass a jar, a class folder, or Java sources"
    );
    fs::write(at("a.txt"), "").unwrap();
    assert_eq!(
        error_of(&at("a.txt"), folder.path()),
        "a.txt: this is not a jar, class file, Java source or folder"
    );
}

#[test]
fn a_file_that_is_not_a_jar() {
    let folder = tempfile::tempdir().unwrap();
    let jar = folder.path().join("fake.jar");
    for content in [&b""[..], b"PK\x03\x04 and then nothing", b"<html>404</html>"] {
        fs::write(&jar, content).unwrap();
        let error = error_of(&jar, folder.path());
        assert!(error.starts_with("fake.jar: this is not a jar: "), "{error}");
        assert!(error.ends_with("check that it was downloaded completely"), "{error}");
    }
}

#[test]
fn a_jar_with_nothing_to_call() {
    let folder = tempfile::tempdir().unwrap();
    let classes = folder.path().join("classes");
    fs::create_dir(&classes).unwrap();
    fs::write(classes.join("notes.txt"), "").unwrap();
    let jar = pack(folder.path(), "texts.jar");
    let error = error_of(&jar, folder.path());
    assert!(error.starts_with("texts.jar: it contains no class files\nhelp: "), "{error}");
    let source = folder.path().join("Own.java");
    fs::write(&source, "class Own { public void unseen() {} }").unwrap();
    assert_eq!(
        error_of(&source, folder.path()),
        "Own.java: it contains no public class\n\
         help: only public members of public classes can be called"
    );
}

#[test]
fn a_broken_class_is_reported_and_skipped() {
    let folder = fixtures(&["-g"]);
    let shop = folder.path().join("classes/shop");
    let whole = fs::read(shop.join("Size.class")).unwrap();
    fs::write(shop.join("Size.class"), &whole[..whole.len() / 2]).unwrap();
    fs::write(shop.join("Point.class"), "text").unwrap();
    fs::rename(shop.join("Visitor.class"), shop.join("Moved.class")).unwrap();
    let warnings = Warnings::default();
    let idl = extract_with(&folder.path().join("classes"), "", &warnings).unwrap();
    let names: Vec<&str> = idl.modules[1].classes.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Article", "Article$Part", "Article$Part$Inner", "Base", "Marked"]);
    insta::assert_snapshot!(warnings.text(folder.path()), @r#"
        classes/shop/Moved.class: a JVM looks for class shop.Visitor at shop/Visitor.class
        classes/shop/Point.class: it is broken (invalid file prefix at 4 in start)
        classes/shop/Size.class: it is broken (unexpected end of input at 533 in constant pool)
    "#);
    let only = error_of(&shop.join("Point.class"), folder.path());
    assert!(
        only.starts_with("classes/shop/Point.class: none of its class files can be read"),
        "{only}"
    );
}

#[test]
fn a_class_of_an_unknown_version_is_reported() {
    let folder = fixtures(&["-g"]);
    let class = folder.path().join("Size.class");
    let mut bytes = fs::read(folder.path().join("classes/shop/Size.class")).unwrap();
    let mut of_version = |version: u8| {
        bytes[7] = version;
        fs::write(&class, &bytes).unwrap();
        let warnings = Warnings::default();
        let idl = extract_with(&class, "", &warnings);
        (
            idl.map_err(|error| without(&error.to_string(), folder.path())),
            warnings.text(folder.path()),
        )
    };
    let (unknown, warnings) = of_version(150);
    assert_eq!(
        unknown.unwrap_err(),
        "Size.class: none of its class files can be read\n  \
         Size.class: its class-file version 150 is unknown\n\
         help: compile it for a supported Java version, or download it again"
    );
    assert!(warnings.contains("Size.class: its class-file version 150 is unknown"));
    let (newer, warnings) = of_version(90);
    assert_eq!(newer.unwrap().modules[0].classes[0].name, "Size");
    assert!(warnings.contains("class files of version 90, which need Java 46"), "{warnings}");
}

#[test]
fn archives_without_classes_on_the_class_path_are_errors() {
    let folder = fixtures(&["-g"]);
    let only = folder.path().join("only");
    fs::create_dir(&only).unwrap();
    let info = "module-info.class";
    fs::rename(folder.path().join("classes").join(info), only.join(info)).unwrap();
    assert_eq!(
        error_of(&only, folder.path()),
        "only: it only declares a Java module, and contains no classes\n\
         help: its classes are in other jars: pass those"
    );
    let war = pack(folder.path(), "shop.war");
    assert!(error_of(&war, folder.path()).starts_with("shop.war: this is an archive for a server"));
    let zip = pack(folder.path(), "shop.zip");
    assert_eq!(class(&extract(&zip), "Size").members.len(), 2);
}

#[test]
fn the_jdk_is_read_by_name() {
    for name in ["java.util", "java.util.Map.Entry", "java.sql;java.util.ArrayList"] {
        assert!(OpenJdk.claims_name(name), "{name}");
    }
    for name in ["java", "java.utils", "java.util;os.path", "sun.security.util", "util"] {
        assert!(!OpenJdk.claims_name(name), "{name}");
    }
    let idl = extract("java.util;java.util.concurrent.TimeUnit");
    assert_eq!((idl.idl_source.as_str(), idl.metaffi_guest_lib.as_str()), ("java_util", ""));
    assert_eq!(idl.idl_extension, "");
    let own = idl.modules.iter().filter(|module| !module.is_external);
    let own: Vec<&str> = own.map(|module| module.name.as_str()).collect();
    assert_eq!(own, ["java.util", "java.util.concurrent"]);
    assert_eq!(class(&idl, "TimeUnit").members.len(), 7);
    let behaves = |name: &str| class(&idl, name).behaves_as.as_ref().unwrap().to_string();
    assert_eq!(behaves("HashMap"), "map<K, V>");
    assert_eq!(behaves("Comparator"), "function(T, T) -> int32");
    let map = class(&extract("java.util.Map"), "Map$Entry").type_parameters.len();
    assert_eq!(map, 2, "with the classes in it");
}

const DOCUMENTED: &str = r#"package kit;

/** A <b>set</b> of tools. */
public class Kit {
  /** The most. */
  public static final int MOST = 7;

  /** Sizes. */
  public enum Size {
    /** Not large. */
    SMALL,
    LARGE
  }

  public sealed interface Tool permits Saw, Nail {}

  public record Saw(int teeth) implements Tool {}

  public record Nail() implements Tool {}

  /** @param x how far east */
  public record Point(int x, int y) {}

  /**
   * Adds the numbers.
   *
   * @param first what comes first
   * @param second {@code any} other
   * @return the sum
   * @throws ArithmeticException never
   */
  public static int add(int first, int second) {
    return first + second;
  }

  /** Adds texts. */
  public static String add(java.lang.String first, String... others) {
    return first;
  }

  /**
   * Adds, too.
   *
   * @deprecated use {@link #add}
   */
  @Deprecated
  public static int plus(int first, int second) {
    return first + second;
  }
}
"#;

/// The documentation of `Kit` that comes from its sources.
fn documented(idl: &Idl) -> String {
    let kit = class(idl, "Kit");
    let mut lines = vec![format!("{} / {}", kit.comment, kit.fields[0].value.comment)];
    for method in kit.methods.iter().map(|method| &method.function) {
        let parameters = method.parameters.iter().map(|p| format!("{}={}", p.name, p.comment));
        let parameters = parameters.collect::<Vec<_>>().join(", ");
        let result = &method.return_values[0].comment;
        let text = method.comment.replace('\n', "|");
        lines.push(format!("{text} ({parameters}) -> {result} {:?}", method.deprecated));
    }
    lines.push(class(idl, "Kit$Size").members[0].comment.clone());
    let record = class(idl, "Kit$Point");
    lines.push(record.constructors[0].parameters[0].comment.clone());
    let accessor = record.methods.iter().find(|method| method.function.name == "x").unwrap();
    lines.push(accessor.function.comment.clone());
    lines.join("\n")
}

#[test]
fn a_sealed_class_lists_its_permitted_subclasses() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("Kit.java");
    std::fs::write(&source, DOCUMENTED).unwrap();
    let idl = extract(&source);
    assert_eq!(class(&idl, "Kit$Tool").tags["permits"], "kit.Kit$Saw, kit.Kit$Nail");
    assert!(!class(&idl, "Kit$Saw").tags.contains_key("permits"));
}

#[test]
fn documentation_and_names_come_from_the_sources() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("Kit.java");
    fs::write(&source, DOCUMENTED).unwrap();
    let classes = folder.path().join("classes");
    let mut javac = std::process::Command::new("javac");
    support::succeed(javac.arg("-g:none").arg("-d").arg(&classes).arg(&source));
    let jar = pack(folder.path(), "kit-1.0.jar");
    let without = class(&extract(&jar), "Kit").methods[0].function.parameters[0].name.clone();
    assert_eq!(without, "arg0");
    let package = folder.path().join("sources/kit");
    fs::create_dir_all(&package).unwrap();
    fs::copy(&source, package.join("Kit.java")).unwrap();
    let mut pack = std::process::Command::new("jar");
    let beside = folder.path().join("kit-1.0-sources.jar");
    let sources = folder.path().join("sources");
    support::succeed(pack.arg("cf").arg(&beside).arg("-C").arg(&sources).arg("."));
    let of_jar = documented(&extract(&jar));
    insta::assert_snapshot!(of_jar, @r#"
        A set of tools. / The most.
        Adds the numbers.||Throws:||- `ArithmeticException`: never (first=what comes first, second=`any` other) -> the sum None
        Adds texts. (first=, others=) ->  None
        Adds, too. (first=, second=) ->  Some("use `add`")
        Not large.
        how far east
        how far east
    "#);
    assert_eq!(documented(&extract(&source)), of_jar, "the source itself");
    fs::copy(&source, classes.join("kit/Kit.java")).unwrap();
    assert_eq!(documented(&extract(&classes)), of_jar, "in a folder of classes");
}

#[test]
fn a_folder_of_sources_is_compiled() {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("shop");
    fs::create_dir(&package).unwrap();
    fs::write(package.join("A.java"), "package shop; public class A { public B b; }").unwrap();
    fs::write(package.join("B.java"), "package shop; public class B {}").unwrap();
    let idl = extract(folder.path());
    assert_eq!(idl.modules[0].classes.len(), 2);
    assert_eq!(idl.metaffi_guest_lib, folder.path().to_str().unwrap());
}

#[test]
fn other_versions_in_a_jar_are_not_the_class_path() {
    let folder = fixtures(&["-g"]);
    let classes = folder.path().join("classes");
    let nine = classes.join("META-INF/versions/9");
    fs::create_dir_all(&nine).unwrap();
    fs::rename(classes.join("shop/Size.class"), nine.join("Size.class")).unwrap();
    fs::rename(classes.join("module-info.class"), nine.join("module-info.class")).unwrap();
    let idl = extract(pack(folder.path(), "multi.jar"));
    let own = idl.modules.iter().filter(|module| !module.is_external);
    let modules: Vec<_> = own.map(|m| (&*m.name, m.tags.contains_key("internal"))).collect();
    assert_eq!(modules, [("hidden", true), ("shop", false)], "the declaration still counts");
    assert!(idl.modules[1].classes.iter().all(|class| class.name != "Size"));
}

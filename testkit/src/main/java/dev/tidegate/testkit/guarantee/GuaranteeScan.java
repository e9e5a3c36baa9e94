package dev.tidegate.testkit.guarantee;

import dev.tidegate.testkit.guarantee.GuaranteeTable.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds annotated tests in compiled classes, without loading or running them. */
public final class GuaranteeScan {
    private static final String GUARANTEE = descriptor(Guarantee.class);
    private static final String GUARANTEES = descriptor(Guarantees.class);

    /** What makes a method a test, for JUnit and for jqwik. */
    private static final Set<String> TESTS = Set.of(
            "Lorg/junit/jupiter/api/Test;",
            "Lorg/junit/jupiter/api/RepeatedTest;",
            "Lorg/junit/jupiter/api/TestFactory;",
            "Lorg/junit/jupiter/api/TestTemplate;",
            "Lorg/junit/jupiter/params/ParameterizedTest;",
            "Lnet/jqwik/api/Property;",
            "Lnet/jqwik/api/Example;");

    private final List<GuaranteeEvidence> evidence = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, ClassModel> classes = new HashMap<>();

    private GuaranteeScan() {}

    /** Scans all classes in these folders and the folders in them. */
    public static GuaranteeScan of(List<Path> folders) throws IOException {
        return of(folders, file -> true);
    }

    /** @param wanted whether a class file is looked at */
    public static GuaranteeScan of(List<Path> folders, Predicate<Path> wanted) throws IOException {
        GuaranteeScan scan = new GuaranteeScan();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".class"))
                        .filter(wanted)
                        .sorted()
                        .forEach(scan::read);
            }
        }
        scan.classes.values().forEach(scan::examine);
        return scan;
    }

    /** Every annotated test, once for each row and surface. */
    public List<GuaranteeEvidence> evidence() {
        return List.copyOf(evidence);
    }

    /** Annotations that stand where no test is. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private void read(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            classes.put(model.thisClass().asInternalName(), model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void examine(ClassModel model) {
        List<Promise> ofClass = promises(model);
        boolean any = false;
        for (MethodModel method : model.methods()) {
            List<Promise> ofMethod = promises(method);
            if (annotations(method).stream().noneMatch(a -> TESTS.contains(name(a)))) {
                if (!ofMethod.isEmpty()) {
                    problems.add(shown(model) + "." + method.methodName() + " is marked, but is no test");
                }
                continue;
            }
            any = true;
            String disabledBy = disabledBy(method, model);
            Stream.concat(ofClass.stream(), ofMethod.stream())
                    .distinct()
                    .map(promise -> new GuaranteeEvidence(
                            promise, shown(model), method.methodName().stringValue(), disabledBy))
                    .forEach(evidence::add);
        }
        if (!ofClass.isEmpty() && !any) {
            problems.add(shown(model) + " is marked, but has no test");
        }
    }

    /** Of the method, its class, or a class around that. */
    private String disabledBy(MethodModel method, ClassModel model) {
        String found = disabledBy(method);
        String owner = model.thisClass().asInternalName();
        while (found == null && owner != null) {
            ClassModel around = classes.get(owner);
            found = around == null ? null : disabledBy(around);
            int dollar = owner.lastIndexOf('$');
            owner = dollar < 0 ? null : owner.substring(0, dollar);
        }
        return found;
    }

    private static String disabledBy(AttributedElement element) {
        return annotations(element).stream()
                .map(GuaranteeScan::name)
                .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - 1))
                .filter(name -> name.startsWith("Disabled"))
                .findFirst()
                .orElse(null);
    }

    private static List<Promise> promises(AttributedElement element) {
        List<Promise> promises = new ArrayList<>();
        for (Annotation annotation : annotations(element)) {
            if (name(annotation).equals(GUARANTEE)) {
                promises.addAll(promises(annotation));
            } else if (name(annotation).equals(GUARANTEES)) {
                for (AnnotationValue each : array(annotation.elements().get(0).value())) {
                    promises.addAll(promises(((AnnotationValue.OfAnnotation) each).annotation()));
                }
            }
        }
        return promises;
    }

    private static List<Promise> promises(Annotation annotation) {
        String id = null;
        List<Surface> surfaces = List.of(Surface.D);
        for (AnnotationElement element : annotation.elements()) {
            if (element.name().equalsString("value")) {
                id = ((AnnotationValue.OfString) element.value()).stringValue();
            } else if (element.name().equalsString("surface")) {
                surfaces = array(element.value()).stream()
                        .map(value -> Surface.valueOf(
                                ((AnnotationValue.OfEnum) value).constantName().stringValue()))
                        .toList();
            }
        }
        String row = id;
        return surfaces.stream().map(surface -> new Promise(row, surface)).toList();
    }

    private static List<AnnotationValue> array(AnnotationValue value) {
        return value instanceof AnnotationValue.OfArray array ? array.values() : List.of(value);
    }

    private static List<Annotation> annotations(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(attribute -> attribute.annotations())
                .orElse(List.of());
    }

    private static String name(Annotation annotation) {
        return annotation.className().stringValue();
    }

    private static String shown(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
    }

    private static String descriptor(Class<?> type) {
        return type.descriptorString();
    }
}

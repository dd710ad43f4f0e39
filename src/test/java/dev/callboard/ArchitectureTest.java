package dev.callboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Arrows point downwards only. */
@AnalyzeClasses(packages = "dev.callboard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule spiKnowsJavaAlone = classes()
            .that()
            .resideInAPackage("dev.callboard.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.callboard.spi..", "java..");

    @ArchTest
    static final ArchRule problemsArePure = pure("problem");

    @ArchTest
    static final ArchRule thePaletteIsPure = pure("palette", "problem");

    @ArchTest
    static final ArchRule theModelOfTasksIsPure = pure("taskmodel", "palette", "problem");

    @ArchTest
    static final ArchRule cronIsPure = classes()
            .that()
            .resideInAPackage("dev.callboard.cron..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.callboard.cron..", "com.cronutils..", "java..", "org.jspecify..");

    // What pure packages and stages share knows less than either.
    @ArchTest
    static final ArchRule conditionsArePure = classes()
            .that()
            .resideInAPackage("dev.callboard.conditions..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.callboard.conditions..",
                    "dev.callboard.hash..",
                    "dev.callboard.spi..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule hashesUseNothing = classes()
            .that()
            .resideInAPackage("dev.callboard.hash..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.callboard.hash..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule stagesAreLikeAnyPlugin = classes()
            .that()
            .resideInAPackage("dev.callboard.stages..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.callboard.stages..",
                    "dev.callboard.conditions..",
                    "dev.callboard.spi..",
                    "java..",
                    "org.jspecify..")
            .allowEmptyShould(true);

    // The root package is not a slice: it puts the parts together, and the command line starts it in turn.
    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.callboard.(*)..").should().beFreeOfCycles();

    /** Public types of a feature are its messages, what these carry, its verticle and the verticle's options. */
    @ArchTest
    static final ArchRule registryIsReachedByMessages = reachedByMessages("registry");

    /** The registry alone loads plugins, and shows what they bring. */
    @ArchTest
    static final ArchRule pluginsAreReachedByTheRegistry = reachedByMessages("plugins", "registry");

    /** Tasks go through the stages of projects, and one verticle serves both. */
    @ArchTest
    static final ArchRule projectsAreReachedByMessages = reachedByMessages("projects", "tasks");

    /** What pipelines are is for all; what reads and keeps their files is for projects and tasks. */
    @ArchTest
    static final ArchRule filesOfPipelinesAreReachedByMessages = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.callboard.pipelines..", "dev.callboard.projects..", "dev.callboard.tasks..", "dev.callboard")))
            .should(dependOnClassesThat(resideInAPackage("dev.callboard.pipelines..")
                    .and(not(topLevelNameEndsWith("Messages")))
                    .and(DescribedPredicate.describe("do work", type -> type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(used ->
                                    used.getTargetClass().getPackageName().startsWith("io.vertx"))))));

    /** The web server alone opens the feed. */
    @ArchTest
    static final ArchRule theFeedIsOpenedByHttp = noClasses()
            .that(not(resideInAnyPackage("dev.callboard.feed..", "dev.callboard.http..")))
            .should(dependOnClassesThat(resideInAPackage("dev.callboard.feed..")));

    @ArchTest
    static final ArchRule tasksAreReachedByMessages = reachedByMessages("tasks");

    /**
     * What runs attempts uses the rules directly; anybody else, the root package too, knows their messages and nothing beside
     * them. {@link #noCycles} forbids the way back.
     */
    @ArchTest
    static final ArchRule theEngineIsUsedByDispatchAlone = noClasses()
            .that(not(resideInAnyPackage("dev.callboard.engine..", "dev.callboard.dispatch..")))
            .should(dependOnClassesThat(
                    resideInAPackage("dev.callboard.engine..").and(not(topLevelNameEndsWith("Messages")))));

    @ArchTest
    static final ArchRule dispatchIsReachedByMessages = reachedByMessages("dispatch");

    @ArchTest
    static final ArchRule theLibraryIsReachedByMessages = reachedByMessages("library");

    @ArchTest
    static final ArchRule workersAreReachedByMessages = reachedByMessages("workers");

    @ArchTest
    static final ArchRule featuresKnowNothingAboveThem = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.callboard.http..", "dev.callboard.feed..", "dev.callboard.cli..", "dev.callboard")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.callboard.http..", "dev.callboard.feed..", "dev.callboard.cli..", "dev.callboard");

    private static ArchRule pure(String name, String... below) {
        return classes()
                .that()
                .resideInAPackage("dev.callboard." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(name, "conditions", "cron", "spi")
                                        .map(each -> "dev.callboard." + each + ".."),
                                Stream.concat(
                                        Stream.of(below).map(each -> "dev.callboard." + each + ".."),
                                        Stream.of("java..", "org.jspecify..")))
                        .toArray(String[]::new));
    }

    /** @param others the only features that know more of it than its messages */
    private static ArchRule reachedByMessages(String feature, String... others) {
        String inside = "dev.callboard." + feature + "..";
        String[] outside = Stream.concat(
                        Stream.of("dev.callboard", inside),
                        Stream.of(others).map(other -> "dev.callboard." + other + ".."))
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> hidden = resideInAPackage(inside)
                .and(not(topLevelNameEndsWith("Messages")))
                .and(not(carriedByMessages()));
        return noClasses()
                .that(not(resideInAnyPackage(outside)))
                .should(dependOnClassesThat(hidden))
                .because("the features change freely behind their messages; the root package alone deploys verticles");
    }

    /** Records and enums of a feature are values that its messages carry. */
    private static DescribedPredicate<JavaClass> carriedByMessages() {
        return DescribedPredicate.describe(
                "values carried by messages",
                type -> type.isRecord()
                        || type.isEnum()
                        || type.getDirectDependenciesToSelf().stream()
                                .anyMatch(user -> user.getOriginClass().isRecord()));
    }

    static DescribedPredicate<JavaClass> topLevelNameEndsWith(String suffix) {
        return DescribedPredicate.describe("top-level class named *" + suffix, type -> {
            JavaClass top = type;
            while (top.getEnclosingClass().isPresent()) {
                top = top.getEnclosingClass().get();
            }
            return top.getSimpleName().endsWith(suffix);
        });
    }
}

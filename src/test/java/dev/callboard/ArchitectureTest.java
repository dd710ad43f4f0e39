package dev.callboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
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

/** Arrows point downwards only; what is dangerous has one place. */
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

    @ArchTest
    static final ArchRule statementsInTheStoreAndRepositoriesOnly = noClasses()
            .that(not(resideInAPackage("dev.callboard.store..")).and(not(topLevelNameEndsWith("Repository"))))
            .should()
            .callMethodWhere(target(owner(resideInAPackage("io.vertx.sqlclient..")))
                    .and(target(nameMatching("query|prepare.*"))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.jdbcclient..", "java.sql..", "org.hsqldb..");

    // A feature hands the connection of a transaction from one repository to the next; the other layers see none.
    @ArchTest
    static final ArchRule connectionsInTheStoreAndFeaturesOnly = noClasses()
            .that(not(resideInAnyPackage(
                            "dev.callboard.store..",
                            "dev.callboard.registry..",
                            "dev.callboard.pipelines..",
                            "dev.callboard.projects..",
                            "dev.callboard.tasks..",
                            "dev.callboard.execution.."))
                    .and(not(topLevelNameEndsWith("Repository"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule webInHttpAndTheFeedOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.callboard.http..", "dev.callboard.feed..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.openapi..");

    @ArchTest
    static final ArchRule eventBusInBusOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.callboard.bus..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.eventbus..");

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

    @ArchTest
    static final ArchRule executionIsReachedByMessages = reachedByMessages("execution");

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

    @ArchTest
    static final ArchRule environmentInConfigOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.callboard.config..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule consoleInMainAndCommandLineOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.callboard.cli..")
            .and()
            .areNotAssignableTo(Main.class)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule noScripts = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.script..", "org.graalvm..", "groovy..", "org.mvel2..", "jdk.jshell..");

    @ArchTest
    static final ArchRule noForeignTypesFromBytes = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .callMethodWhere(target(nameMatching("activateDefaultTyping.*|enableDefaultTyping.*")));

    // Parsers of XML belong to the plugins, each behind its own guarded factory.
    @ArchTest
    static final ArchRule noXml = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml..", "org.xml.sax..", "org.w3c.dom..");

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

    private static DescribedPredicate<JavaClass> topLevelNameEndsWith(String suffix) {
        return DescribedPredicate.describe("top-level class named *" + suffix, type -> {
            JavaClass top = type;
            while (top.getEnclosingClass().isPresent()) {
                top = top.getEnclosingClass().get();
            }
            return top.getSimpleName().endsWith(suffix);
        });
    }
}

package dev.callboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.callboard.ArchitectureTest.topLevelNameEndsWith;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.callboard.store.Transaction;

/** What is dangerous has one place, or none. */
@AnalyzeClasses(packages = "dev.callboard", importOptions = ImportOption.DoNotIncludeTests.class)
class OnePlaceTest {
    @ArchTest
    static final ArchRule statementsInTheStoreAndRepositoriesOnly = noClasses()
            .that(not(resideInAPackage("dev.callboard.store..")).and(not(topLevelNameEndsWith("Repository"))))
            .should()
            .callMethodWhere(target(owner(type(Transaction.class))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.jdbcclient..", "io.vertx.pgclient..", "org.postgresql..", "java.sql..", "org.hsqldb..");

    // A feature hands a transaction from one repository to the next; the other layers see none.
    @ArchTest
    static final ArchRule transactionsInTheStoreAndFeaturesOnly = noClasses()
            .that(not(resideInAnyPackage(
                            "dev.callboard.store..",
                            "dev.callboard.registry..",
                            "dev.callboard.pipelines..",
                            "dev.callboard.projects..",
                            "dev.callboard.tasks..",
                            "dev.callboard.engine..",
                            "dev.callboard.dispatch..",
                            "dev.callboard.library.."))
                    .and(not(topLevelNameEndsWith("Repository"))))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Transaction.class);

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
}

package dev.tidegate.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house of docs/architecture.md: what each module and package may use. */
class HouseRulesTest {
    private static JavaClasses tidegate;

    @BeforeAll
    static void readClasses() {
        tidegate = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.tidegate");
    }

    @Test
    void tdsUsesNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.tidegate.tds..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.tds..", "java..")
                .check(tidegate);
    }

    @Test
    void tdsOpensNoSocketAndStartsNoThread() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.tds..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(tidegate);
    }

    @Test
    void insideTdsImportsPointDown() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.tds.packet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidegate.tds.type..",
                        "dev.tidegate.tds.row..",
                        "dev.tidegate.tds.token..",
                        "dev.tidegate.tds.message..")
                .check(tidegate);
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.tds.type..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.tds.row..", "dev.tidegate.tds.token..", "dev.tidegate.tds.message..")
                .check(tidegate);
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.tds.token..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.tds.message..")
                .check(tidegate);
    }

    @Test
    void clientUsesOnlyTdsAndTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.tidegate.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidegate.client..",
                        "dev.tidegate.tds..",
                        "java..",
                        "javax.net..",
                        "javax.security..",
                        "jdk.jfr..")
                .check(tidegate);
    }

    /** There may be no Flight Recorder: whoever uses it must be loaded only if there is. */
    @Test
    void onlyTheEventsUseTheFlightRecorder() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Event")
                .or()
                .resideOutsideOfPackage("dev.tidegate.client.event")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.jfr..")
                .check(tidegate);
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Event")
                .and()
                .haveSimpleNameNotEndingWith("Journal")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.tidegate\\.client\\.event\\..*Event")
                .check(tidegate);
    }

    @Test
    void serverKnowsNothingOfTheClientSide() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidegate.client..",
                        "dev.tidegate.jdbc..",
                        "dev.tidegate.arrow..",
                        "dev.tidegate.duckdb..",
                        "dev.tidegate.cli..")
                .check(tidegate);
    }

    @Test
    void theFrontKnowsNothingOfH2() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.server.front..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.h2..",
                        "dev.tidegate.server.h2..",
                        "dev.tidegate.server.tsql..",
                        "dev.tidegate.server.catalog..")
                .check(tidegate);
    }

    /** RAISERROR and THROW alone raise what their users say. */
    @Test
    void anErrorOfTheServerIsSaidInOnePlace() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.tidegate.server.front..",
                        "dev.tidegate.server.tsql..",
                        "dev.tidegate.server.catalog..",
                        "dev.tidegate.server.h2..")
                .and()
                .doNotHaveSimpleName("MessageRunner")
                .should()
                .callConstructorWhere(target(owner(name("dev.tidegate.server.backend.SqlServerException"))))
                .check(tidegate);
    }

    @Test
    void whatStandsOnTheClientKnowsNothingOfTheServerNorOfPackets() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tidegate.jdbc..", "dev.tidegate.arrow..", "dev.tidegate.duckdb..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidegate.server..",
                        "dev.tidegate.cli..",
                        "dev.tidegate.tds.packet..",
                        "dev.tidegate.tds.message..")
                .check(tidegate);
    }

    /** An optional dependency, which must be asked for by nobody but its user. */
    @Test
    void onlyTheMetersKnowMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tidegate.jdbc.micrometer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "dev.tidegate.jdbc.micrometer..")
                .check(tidegate);
    }

    @Test
    void jdbcAndArrowKnowNothingOfEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.arrow..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.jdbc..", "dev.tidegate.duckdb..")
                .check(tidegate);
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tidegate.arrow..", "dev.tidegate.duckdb..")
                .check(tidegate);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.tidegate.(*).(*)..").should().beFreeOfCycles().check(tidegate);
    }

    /** There package by package, so that the engine's floors stay floors. */
    @Test
    void theEnginesPackagesFormNoCycles() {
        slices().matching("dev.tidegate.duckdb.(**)").should().beFreeOfCycles().check(tidegate);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(tidegate);
    }
}

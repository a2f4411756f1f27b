package dev.slipway.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The laws that the modules' dependencies cannot state.
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noCyclesBetweenModules =
            slices().matching("dev.slipway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule sqlStaysInTheStore =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.slipway.kernel.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule theServerStaysInTheApiServer =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.slipway.apiserver..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule clientsReachNothingButTheApi =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.slipway.portal..", "dev.slipway.cli..", "dev.slipway.client..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.slipway.kernel.store..",
                            "dev.slipway.kernel.resources..",
                            "dev.slipway.kernel.kind..",
                            "dev.slipway.control..",
                            "dev.slipway.apiserver..",
                            "dev.slipway.graph..",
                            "dev.slipway.catalog..",
                            "dev.slipway.cluster..");

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther =
            slices().matching("dev.slipway.(graph|catalog|cluster)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule timeIsAnArgument =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.slipway.kernel..",
                            "dev.slipway.control..",
                            "dev.slipway.graph..",
                            "dev.slipway.catalog..",
                            "dev.slipway.cluster..")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Math.class, "random");
}

package io.vireo.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Which room may enter which: the table of ARCHITECTURE.md. Maven's module arrows enforce it
/// first; these rules also see what comes in through a dependency's own dependencies.
@AnalyzeClasses(packages = "io.vireo", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String WIRE = "io.vireo.wire..";
  private static final String RECORDS = "io.vireo.records..";
  private static final String SCHEMA = "io.vireo.schema..";
  private static final String GENERATOR = "io.vireo.generator..";
  private static final String DRIVERS = "io.vireo.drivers..";
  private static final String ROUTER = "io.vireo.vr..";
  private static final String RSOCK_CLIENT = "io.vireo.rsock.client..";
  private static final String RSOCK_SERVER = "io.vireo.rsock.server..";
  private static final String DATASTORE = "io.vireo.datastore..";
  private static final String SSH = "io.vireo.ssh..";
  private static final String NETCONF = "io.vireo.netconf..";
  private static final String CLI = "io.vireo.cli..";
  private static final String MANAGER = "io.vireo.manager..";
  private static final String YANG_TOOLS = "org.opendaylight..";

  @ArchTest
  static final ArchRule wire_dependsOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(WIRE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              RECORDS,
              SCHEMA,
              GENERATOR,
              DRIVERS,
              ROUTER,
              RSOCK_CLIENT,
              RSOCK_SERVER,
              DATASTORE,
              SSH,
              NETCONF,
              CLI,
              MANAGER,
              YANG_TOOLS);

  @ArchTest
  static final ArchRule records_dependOnWireOnly =
      noClasses()
          .that()
          .resideInAPackage(RECORDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SCHEMA,
              GENERATOR,
              DRIVERS,
              ROUTER,
              RSOCK_CLIENT,
              RSOCK_SERVER,
              DATASTORE,
              SSH,
              NETCONF,
              CLI,
              MANAGER,
              YANG_TOOLS);

  @ArchTest
  static final ArchRule drivers_dependOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(DRIVERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              WIRE,
              RECORDS,
              SCHEMA,
              ROUTER,
              RSOCK_CLIENT,
              RSOCK_SERVER,
              DATASTORE,
              SSH,
              NETCONF,
              CLI,
              MANAGER,
              YANG_TOOLS);

  @ArchTest
  static final ArchRule virtualRouter_neverSeesManagementOrYangTools =
      noClasses()
          .that()
          .resideInAnyPackage(ROUTER, RSOCK_SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SCHEMA, GENERATOR, DATASTORE, SSH, NETCONF, CLI, MANAGER, RSOCK_CLIENT, YANG_TOOLS);

  @ArchTest
  static final ArchRule rsockClient_isTiny =
      noClasses()
          .that()
          .resideInAPackage(RSOCK_CLIENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SCHEMA,
              DRIVERS,
              ROUTER,
              RSOCK_SERVER,
              DATASTORE,
              SSH,
              NETCONF,
              CLI,
              MANAGER,
              YANG_TOOLS,
              "com.sun.jna..");

  @ArchTest
  static final ArchRule datastore_knowsNoDoorAndNoRouter =
      noClasses()
          .that()
          .resideInAPackage(DATASTORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              DRIVERS, ROUTER, RSOCK_CLIENT, RSOCK_SERVER, SSH, NETCONF, CLI, MANAGER);

  @ArchTest
  static final ArchRule doors_knowNeitherManagerNorRouterNorEachOther =
      noClasses()
          .that()
          .resideInAnyPackage(NETCONF, CLI, SSH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DRIVERS, ROUTER, RSOCK_CLIENT, RSOCK_SERVER, MANAGER);

  @ArchTest
  static final ArchRule netconf_neverSeesTheCli =
      noClasses()
          .that()
          .resideInAPackage(NETCONF)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  @ArchTest
  static final ArchRule cli_neverSeesNetconf =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(NETCONF);

  /// The guard parses nothing from the network and needs no management code: a VR's class path and
  /// the syscalls are all it has.
  @ArchTest
  static final ArchRule guard_isSmall =
      noClasses()
          .that()
          .resideInAnyPackage("io.vireo.manager.guard..", "io.vireo.manager.vr..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SCHEMA, DATASTORE, SSH, NETCONF, CLI, YANG_TOOLS);
}

package dev.drawbridge.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.ProblemCode;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;

/** What every class of the product keeps to, each rule with its reason and with the classes that break it. */
final class HouseRules {
    private static final int PARAMETERS_MAX = 7;
    private static final Set<String> CLOCK_FACTORIES =
            Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes");

    static final HouseRule NAMES_SAY_THE_TRADE = new HouseRule(
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Processor|Service|Data|Info|Dto|DTO)")
                    .because("such a name could hold anything; say what the class does, in the words of the glossary"),
            PlantedFaults.OrderManager.class);

    static final HouseRule SQL_STAYS_IN_STORES = new HouseRule(
            noClasses()
                    .that(belongTo(nameMatching(".*Store")).negate())
                    .and(resideInAnyPackage("..platform.database", "..platform.postgres")
                            .negate())
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("java.sql", "javax.sql", "org.postgresql..")
                            .or(resideInAPackage("org.springframework.jdbc.core..")))
                    .because("whoever asks what the database does reads the ...Store of its module and nothing else"
                            + " (platform.postgres starts PostgreSQL, platform.database opens transactions)"),
            PlantedFaults.ReadsRows.class);

    static final HouseRule TIME_COMES_FROM_THE_DATABASE = new HouseRule(
            noClasses()
                    .that(resideInAPackage("..platform.time").negate())
                    .should()
                    .accessTargetWhere(describe("it reads this node's clock", HouseRules::readsTheClock))
                    .because("nodes' clocks differ: the database's time, read at the start of a transaction, decides;"
                            + " System.nanoTime() may measure how long something took"),
            PlantedFaults.ReadsTheClock.class,
            PlantedFaults.ReadsTheClockByReference.class);

    static final HouseRule MODELS_ARE_FREE_OF_FRAMEWORKS = new HouseRule(
            noClasses()
                    .that(describe("are records or enums", type -> type.isRecord() || type.isEnum()))
                    .and(outsideHttp())
                    .and(describe("are no settings", HouseRules::isNoSettings))
                    .should()
                    .dependOnClassesThat(frameworks()
                            .and(describe(
                                    "is not the status of a ProblemCode",
                                    type -> !type.isEquivalentTo(HttpStatus.class))))
                    .because("a model is what the trade says, testable in microseconds; platform.web and"
                            + " platform.requests are HTTP, and @ConfigurationProperties records are how Spring hands"
                            + " settings in"),
            PlantedFaults.Annotated.class);

    static final HouseRule ONLY_PROBLEM_CODES_KNOW_A_STATUS = new HouseRule(
            noClasses()
                    .that(describe("are records or enums", type -> type.isRecord() || type.isEnum()))
                    .and(outsideHttp())
                    .and(assignableTo(ProblemCode.class).negate())
                    .should()
                    .dependOnClassesThat(equivalentTo(HttpStatus.class))
                    .because("a refusal's code and its HTTP status are released together and stand in one table;"
                            + " no other model knows HTTP"),
            PlantedFaults.KnowsHttp.class);

    static final HouseRule TRANSACTIONS_ARE_NOT_ANNOTATIONS = new HouseRule(
            noMembers()
                    .should()
                    .beAnnotatedWith(Transactional.class)
                    .orShould()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Transactional.class)
                    .because("a transaction names its company and gives the database's time: Transactions.inCompany"),
            PlantedFaults.AnnotatedMethod.class,
            PlantedFaults.AnnotatedClass.class);

    static final HouseRule USE_CASES_OPEN_TRANSACTIONS = new HouseRule(
            noClasses()
                    .that(belongTo(nameMatching(".*(Controller|Store|Job)"))
                            .or(describe("are records or enums", type -> type.isRecord() || type.isEnum())))
                    .should()
                    .dependOnClassesThat(equivalentTo(Transactions.class))
                    .because("one kind of class decides what commits together; the others run inside"),
            PlantedFaults.OpensTransactionJob.class);

    static final HouseRule INJECTION_BY_CONSTRUCTOR = new HouseRule(
            noMembers()
                    .that(describe("are no constructors", member -> !(member instanceof JavaConstructor)))
                    .should()
                    .beAnnotatedWith(Autowired.class)
                    .orShould()
                    .beAnnotatedWith(Value.class)
                    .orShould()
                    .beAnnotatedWith("jakarta.annotation.Resource")
                    .orShould()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .because("a class that is made is complete, and a test makes it with new"),
            PlantedFaults.FieldInjected.class);

    static final HouseRule SEVEN_COLLABORATORS_AT_MOST = new HouseRule(
            constructors()
                    .that()
                    .areDeclaredInClassesThat(describe("are no records", type -> !type.isRecord()))
                    .should(haveAtMostSevenParameters())
                    .because("an eighth means that the class does two things"),
            PlantedFaults.KnowsEight.class);

    static final List<HouseRule> ALL = List.of(
            NAMES_SAY_THE_TRADE,
            SQL_STAYS_IN_STORES,
            TIME_COMES_FROM_THE_DATABASE,
            MODELS_ARE_FREE_OF_FRAMEWORKS,
            ONLY_PROBLEM_CODES_KNOW_A_STATUS,
            TRANSACTIONS_ARE_NOT_ANNOTATIONS,
            USE_CASES_OPEN_TRANSACTIONS,
            INJECTION_BY_CONSTRUCTOR,
            SEVEN_COLLABORATORS_AT_MOST);

    private HouseRules() {}

    private static DescribedPredicate<JavaClass> outsideHttp() {
        return resideOutsideOfPackages("..platform.web", "..platform.requests");
    }

    private static DescribedPredicate<JavaClass> frameworks() {
        return resideInAnyPackage("org.springframework..", "jakarta..", "tools.jackson..", "com.fasterxml.jackson..");
    }

    private static boolean isNoSettings(JavaClass type) {
        return !type.isAnnotatedWith(ConfigurationProperties.class)
                && type.getEnclosingClass()
                        .filter(outer -> outer.isAnnotatedWith(ConfigurationProperties.class))
                        .isEmpty();
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        boolean withoutArgument = access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
        return (owner.startsWith("java.time.") && name.equals("now") && withoutArgument)
                || (owner.equals("java.time.Clock") && CLOCK_FACTORIES.contains(name))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.util.Date") && name.equals("<init>") && withoutArgument)
                || (owner.equals("java.util.Calendar") && name.equals("getInstance"));
    }

    private static ArchCondition<JavaConstructor> haveAtMostSevenParameters() {
        return new ArchCondition<>("have at most " + PARAMETERS_MAX + " parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                int count = constructor.getRawParameterTypes().size();
                events.add(new SimpleConditionEvent(
                        constructor, count <= PARAMETERS_MAX, constructor.getFullName() + " has " + count));
            }
        };
    }
}

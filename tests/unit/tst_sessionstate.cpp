// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionstate.h"

#include <QtTest/QtTest>

#include <mysql.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

/// What a server reports: "name=value" of variables, "schema=", "changed".
std::optional<SessionReport> reportOf(const QStringList &parts)
{
    if (parts.isEmpty())
        return std::nullopt;
    SessionReport report;
    for (const QString &part : parts) {
        const QByteArray name = part.section(u'=', 0, 0).toUtf8();
        const QByteArray value = part.section(u'=', 1).toUtf8();
        if (name == "changed")
            report.hasChanged = true;
        else if (name == "schema")
            report.schema = value;
        else
            report.variables.emplace_back(name, value);
    }
    return report;
}

void note(SessionState *state, const QString &sql, const QStringList &report = {},
          Reply reply = Reply::Ok)
{
    const StatementTraits traits = classifyStatement(sql);
    state->noteStatement(traits, true, reply);
    if (!report.isEmpty() || SessionState::mayChangeSettings(traits))
        state->noteChanges(traits, reply, reportOf(report));
}

} // namespace

class tst_SessionState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void freshIsMovable()
    {
        const SessionState state;
        QVERIFY(state.isMovable());
        QVERIFY(!state.isUsed());
        QCOMPARE(state.reasons(), QStringList());
    }

    void statusFlagsPin_data()
    {
        QTest::addColumn<uint>("status");
        QTest::addColumn<QStringList>("reasons");
        const uint autocommit = SERVER_STATUS_AUTOCOMMIT;
        QTest::newRow("idle") << autocommit << QStringList();
        QTest::newRow("transaction") << (autocommit | SERVER_STATUS_IN_TRANS)
                                     << QStringList{QStringLiteral("transaction")};
        QTest::newRow("autocommit off") << 0u << QStringList();
        QTest::newRow("more results") << (autocommit | 8) // SERVER_MORE_RESULTS_EXIST(S)
                                      << QStringList{QStringLiteral("pending_results")};
    }

    void statusFlagsPin()
    {
        QFETCH(uint, status);
        QFETCH(QStringList, reasons);
        SessionState state;
        state.noteStatus(status);
        QCOMPARE(state.reasons(), reasons);
        QCOMPARE(state.isMovable(), reasons.isEmpty());
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT);
        QVERIFY2(state.isMovable(), "flags are those of the last reply");
    }

    void pinsStayUntilReleased()
    {
        const SessionPins locks = SessionPin::TableLocks;
        StatementTraits lock;
        lock.pins = locks;
        StatementTraits unlock;
        unlock.releases = locks;
        SessionState state;
        state.noteStatement(lock, true, Reply::Error);
        QVERIFY2(!state.isMovable(), "a statement that failed may have done half its work");
        state.noteStatement(lock, true, Reply::Ok);
        QCOMPARE(state.pins(), locks);
        state.noteStatement(unlock, true, Reply::Error);
        QVERIFY2(!state.isMovable(), "a failed release releases nothing");
        state.noteStatement(unlock, true, Reply::Ok);
        QVERIFY(state.isMovable());
        QVERIFY(state.isUsed());
    }

    void verbsStandInForUnknownFlags()
    {
        StatementTraits begin;
        begin.transaction = TransactionVerb::Begin;
        StatementTraits commit;
        commit.transaction = TransactionVerb::Commit;
        SessionState state;
        state.noteStatement(begin, true, Reply::Ok);
        QVERIFY2(!state.inTransaction(), "known flags outweigh the text");
        state.noteStatement(begin, false, Reply::Error);
        QVERIFY(!state.inTransaction());
        state.noteStatement(begin, false, Reply::Ok);
        QVERIFY(state.inTransaction());
        state.noteStatement(commit, false, Reply::Ok);
        QVERIFY(!state.inTransaction());
        state.noteTransaction(TransactionVerb::Begin);
        QVERIFY(state.inTransaction());
        state.noteTransaction(TransactionVerb::Commit);
        QVERIFY(!state.inTransaction());
    }

    void changesAreCarriedOrPin_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("report");
        QTest::addColumn<QString>("carried");
        QTest::addColumn<QStringList>("pins");
        const auto row = [](const char *sql, const QStringList &report, const char *carried,
                            const QStringList &pins = {}) {
            QTest::addRow("%s (%s)", sql, qPrintable(report.join(u' ')))
                    << QString::fromUtf8(sql) << report << QString::fromUtf8(carried) << pins;
        };
        const QString changed = u"changed"_s;
        row("SET time_zone='+01:00'", {}, "SET time_zone='+01:00'");
        row("SET time_zone='+01:00'", {u"time_zone=+02:00"_s, changed}, "SET time_zone='+02:00'");
        row("SET time_zone=f(1)", {u"time_zone=+02:00"_s, changed}, "SET time_zone='+02:00'",
            {u"stored_function"_s});
        row("SET time_zone=DEFAULT", {}, "", {u"session_variables"_s});
        row("SET time_zone=DEFAULT", {changed}, "", {u"session_variables"_s});
        row("SET wsrep_sync_wait=1", {changed}, "SET wsrep_sync_wait=1");
        row("SET NAMES latin1 COLLATE latin1_bin",
            {u"character_set_connection=latin1"_s, u"character_set_client=latin1"_s,
             u"character_set_results=latin1"_s, changed},
            "SET character_set_client='latin1',character_set_connection='latin1',"
            "character_set_results='latin1',collation_connection='latin1_bin'");
        row("SET character_set_results=NULL", {u"character_set_results="_s, changed}, "",
            {u"charset"_s});
        row("SET CHARACTER SET latin1", {u"character_set_connection=latin1"_s, changed},
            "SET character_set_client='latin1',character_set_connection='latin1',"
            "character_set_results='latin1'",
            {u"charset"_s});
        row("USE a", {u"schema=a"_s, changed}, "USE `a`");
        row("USE a", {}, "USE `a`");
        row("DROP DATABASE a", {u"schema="_s}, "", {u"schema"_s});
        row("SET autocommit=0", {u"autocommit=OFF"_s, changed}, "SET autocommit=0");
        row("SET autocommit=0", {}, "SET autocommit=0");
        row("SET @a=1", {changed}, "", {u"user_variables"_s});
        row("SET insert_id=5", {u"insert_id=5"_s, changed}, "", {u"one_shot_variables"_s});
        row("DO 1", {u"timestamp=5"_s, changed}, "", {u"one_shot_variables"_s});
        row("DO 1", {u"session_track_schema=OFF"_s, changed}, "", {u"session_variables"_s});
        row("DO 1", {u"sql_mode=ANSI"_s, changed}, "SET sql_mode='ANSI'");
        row("DO 1", {changed}, "", {u"unknown"_s});
        row("INSERT INTO t VALUES (1)", {u"last_gtid=0-1-1"_s}, "");
        row("INSERT INTO t VALUES (1)", {u"last_gtid=0-1-1"_s, changed}, "", {u"unknown"_s});
        row("DROP TEMPORARY TABLE t", {changed}, "");
        row("DEALLOCATE PREPARE s", {changed}, "");
        row("SET STATEMENT max_statement_time=5 FOR DO 1", {u"max_statement_time=5"_s, changed}, "");
        row("SET time_zone='+01:00'; DO 1", {u"time_zone=+01:00"_s, changed},
            "SET time_zone='+01:00'", {u"session_variables"_s});
        row("USE a; DO 1", {}, "", {u"schema"_s});
    }

    void changesAreCarriedOrPin()
    {
        QFETCH(QString, sql);
        QFETCH(QStringList, report);
        QFETCH(QString, carried);
        QFETCH(QStringList, pins);
        SessionState state;
        const quint64 stamp = state.stamp();
        if (carried.contains(u"autocommit=0"_s))
            state.noteStatus(0);
        note(&state, sql, report);
        QCOMPARE(state.arrivalStatements().join(u';'), carried);
        QCOMPARE(pinNames(state.pins()), pins);
        QCOMPARE(state.isMovable(), pins.isEmpty());
        QVERIFY(pins.isEmpty() || state.stamp() != stamp);
    }

    void settingsOutliveTheSessionPinsDoNot()
    {
        SessionState state;
        note(&state, u"SET time_zone='+01:00'"_s);
        note(&state, u"SET autocommit=0"_s);
        state.noteStatus(0);
        note(&state, u"SET @a=1"_s);
        const quint64 stamp = state.stamp();
        state.forgetSession();
        QVERIFY(state.isMovable());
        QVERIFY(state.stamp() != stamp);
        QVERIFY(!state.autocommit());
        QCOMPARE(state.arrivalStatements(), QStringList{u"SET autocommit=0,time_zone='+01:00'"_s});
    }

    void charsetBringsItsOwnCollation()
    {
        SessionState state;
        note(&state, u"SET NAMES utf8mb4 COLLATE utf8mb4_bin"_s);
        note(&state, u"SET NAMES latin1"_s);
        QVERIFY(!state.arrivalStatements().join(u';').contains(u"collation"_s));
    }

    void failureOfSeveralSettingsPins()
    {
        SessionState state;
        note(&state, u"SET time_zone='x'"_s, {}, Reply::Error);
        QVERIFY(state.isMovable());
        note(&state, u"SET time_zone='+01:00', sql_mode='x'"_s, {}, Reply::Error);
        QCOMPARE(pinNames(state.pins()), QStringList{u"session_variables"_s});
        QVERIFY(!state.isSqlModeKnown());
    }

    void whatOneStatementHadSetIsReportedLater()
    {
        SessionState state;
        note(&state, u"SET STATEMENT max_length_for_sort_data=9 FOR SELECT 1"_s);
        note(&state, u"INSERT INTO t VALUES (1)"_s, {u"changed"_s});
        QVERIFY(state.isMovable());
        note(&state, u"INSERT INTO t VALUES (1)"_s, {u"changed"_s});
        QCOMPARE(pinNames(state.pins()), QStringList{u"unknown"_s});
    }

    void sqlModeIsKnown()
    {
        SessionState state;
        QVERIFY(state.sqlMode().isNull() && state.isSqlModeKnown());
        note(&state, u"SET sql_mode=f(1)"_s);
        QVERIFY(!state.isSqlModeKnown());
        note(&state, u"SET sql_mode=f(1)"_s, {u"sql_mode=ANSI_QUOTES"_s});
        QVERIFY(state.isSqlModeKnown());
        QCOMPARE(state.sqlMode(), u"ANSI_QUOTES"_s);
    }

    void characteristicsEndWithTheirTransaction()
    {
        SessionState state;
        note(&state, u"SET TRANSACTION READ ONLY"_s);
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT);
        QCOMPARE(pinNames(state.pins()), QStringList{u"transaction_characteristics"_s});
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT | SERVER_STATUS_IN_TRANS);
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT);
        QVERIFY(state.isMovable());
    }

    void withoutFlagsAutocommitPins()
    {
        SessionState state;
        state.noteStatement(classifyStatement(u"SET autocommit=0"_s), false, Reply::Ok);
        QCOMPARE(pinNames(state.pins()), QStringList{u"autocommit"_s});
        state.noteStatement(classifyStatement(u"SET autocommit=1"_s), false, Reply::Ok);
        QVERIFY(state.isMovable());
    }

    // The short way of most statements: what it passes over must be nothing.
    void isUnchangedBy_data()
    {
        QTest::addColumn<QStringList>("before");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<uint>("status");
        QTest::addColumn<bool>("isUnchanged");
        const uint idle = SERVER_STATUS_AUTOCOMMIT;
        const QStringList read{u"SELECT 1"_s};
        const QStringList write{u"INSERT INTO t VALUES (1)"_s};
        QTest::newRow("first statement") << QStringList() << read[0] << idle << false;
        QTest::newRow("read after read") << read << read[0] << idle << true;
        QTest::newRow("write after read") << read << write[0] << idle << false;
        QTest::newRow("write after write") << write << write[0] << idle << true;
        QTest::newRow("read after write") << write << read[0] << idle << true;
        QTest::newRow("begins a transaction")
                << write << u"BEGIN"_s << (idle | SERVER_STATUS_IN_TRANS) << false;
        QTest::newRow("autocommit goes") << write << write[0] << 0u << false;
        QTest::newRow("leaves a variable") << write << u"SELECT @a:=1"_s << idle << false;
        QTest::newRow("leaves a lock") << write << u"SELECT GET_LOCK('a',1)"_s << idle << false;
        QTest::newRow("releases locks")
                << write << u"SELECT RELEASE_ALL_LOCKS()"_s << idle << false;
        QTest::newRow("changes a setting") << write << u"SET time_zone='+1:00'"_s << idle << false;
        QTest::newRow("setting of one statement")
                << write << u"SET STATEMENT max_statement_time=1 FOR SELECT 1"_s << idle << false;
        QTest::newRow("while a pin is held") // whose statements are counted
                << QStringList{u"SET @a=1"_s} << read[0] << idle << false;
    }

    void isUnchangedBy()
    {
        QFETCH(QStringList, before);
        QFETCH(QString, sql);
        QFETCH(uint, status);
        SessionState state;
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT); // of a prepare
        for (const QString &text : std::as_const(before))
            note(&state, text);
        const StatementTraits traits = classifyStatement(sql);
        QTEST(state.isUnchangedBy(traits, status), "isUnchanged");
        if (!state.isUnchangedBy(traits, status))
            return;
        const quint64 stamp = state.stamp();
        const bool isClean = state.isClean();
        state.noteStatus(status);
        note(&state, sql);
        QCOMPARE(state.stamp(), stamp);
        QCOMPARE(state.isClean(), isClean);
        QVERIFY(!SessionState::mayChangeSettings(traits));
    }

    void nextSessionIsAFirstStatementAgain()
    {
        const StatementTraits read = classifyStatement(u"SELECT 1"_s);
        SessionState state;
        state.noteStatus(SERVER_STATUS_AUTOCOMMIT);
        note(&state, u"SELECT 1"_s);
        QVERIFY(state.isUnchangedBy(read, SERVER_STATUS_AUTOCOMMIT));
        state.forgetSession();
        QVERIFY(!state.isUnchangedBy(read, SERVER_STATUS_AUTOCOMMIT));
    }

    void ignoredPinsAreHeldButDoNotPin()
    {
        SessionState state(SessionPin::UserVariables | SessionPin::Charset);
        note(&state, u"SET @a=1"_s);
        note(&state, u"SET NAMES DEFAULT"_s);
        QVERIFY(state.isMovable());
        QCOMPARE(state.ignoredPins(), SessionPin::UserVariables | SessionPin::Charset);
        note(&state, u"SET ROLE a"_s);
        QCOMPARE(state.reasons(), QStringList{u"roles"_s});
    }
};

QTEST_APPLESS_MAIN(tst_SessionState)
#include "tst_sessionstate.moc"

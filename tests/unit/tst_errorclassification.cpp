// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/errorclassification.h"

#include <QtTest/QtTest>

using namespace qproxysql;

Q_DECLARE_METATYPE(qproxysql::ErrorClass)
Q_DECLARE_METATYPE(qproxysql::ServerFlavour)

namespace {

using enum ServerFlavour;

/// One row of the tables in docs/errors.md.
void row(ErrorClass expected, std::initializer_list<int> codes, const char *text = "",
         std::initializer_list<ServerFlavour> flavours = {Unknown, MariaDb, MySql})
{
    for (const int code : codes) {
        for (const ServerFlavour flavour : flavours) {
            QTest::addRow("%d %s/%d", code, text, int(flavour))
                    << code << QString::fromLatin1(text) << flavour << expected;
        }
    }
}

void columns()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ServerFlavour>("flavour");
    QTest::addColumn<ErrorClass>("expected");
}

} // namespace

class tst_ErrorClassification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atConnect_data();
    void atConnect();
    void atStatement_data();
    void atStatement();
    void whatEndsASession();
    void whatProvesThatNothingRan();
};

void tst_ErrorClassification::atConnect_data()
{
    columns();
    row(ErrorClass::None, {0});
    row(ErrorClass::Down, {2002, 2003, 2006, 2012, 2013, 2027, 2055});
    row(ErrorClass::Down, {1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184});
    row(ErrorClass::NameResolution, {2005});
    row(ErrorClass::NotReady, {1047}, "WSREP has not yet prepared node for application use");
    row(ErrorClass::Soft, {1047}, "Unknown command");
    row(ErrorClass::NotReady, {3032, 1815, 1105});
    row(ErrorClass::NotReady, {3168}, "", {Unknown, MySql});
    row(ErrorClass::Soft, {3168}, "", {MariaDb});
    row(ErrorClass::NotReady, {9001, 9002, 9004, 9005}, "Max connect timeout reached");
    row(ErrorClass::Soft, {9003}, "Command not supported");
    row(ErrorClass::NotReady, {3100}, "", {Unknown, MySql});
    row(ErrorClass::Overload, {1040, 1203, 1226, 1041, 1037, 1135});
    row(ErrorClass::Blocked, {1129});
    row(ErrorClass::Login, {1045});
    row(ErrorClass::Configuration,
        {1044, 1049, 1130, 1251, 1524, 1698, 1820, 1862, 1873, 3118, 3159});
    row(ErrorClass::Configuration, {3955}, "", {Unknown, MySql});
    row(ErrorClass::Soft, {3955}, "", {MariaDb});
    row(ErrorClass::Configuration, {4151}, "", {Unknown, MariaDb});
    row(ErrorClass::Soft, {4151}, "", {MySql});
    row(ErrorClass::Configuration, {2007, 2047, 2049, 2054, 2059, 2060, 2061});
    row(ErrorClass::TlsCertificate, {2026}, "SSL connection error: certificate verify failed");
    row(ErrorClass::TlsCertificate, {2026}, "TLS/SSL error: self-signed certificate");
    row(ErrorClass::TlsCertificate, {2026},
        "TLS/SSL error: Validation of SSL server certificate failed");
    row(ErrorClass::TlsCertificate, {2026}, "SSL is required, but the server does not support it");
    row(ErrorClass::TlsCertificate, {2026}, "TLS/SSL error: No such file or directory (2)");
    row(ErrorClass::TlsCertificate, {2026}, "TLS/SSL error: Permission denied (13)");
    row(ErrorClass::TlsCertificate, {2026}, "TLS/SSL error: no start line");
    row(ErrorClass::Down, {2026}, "TLS/SSL error: Connection reset by peer");
    row(ErrorClass::Local, {2000, 2001, 2004, 2008, 2014, 2020});
    row(ErrorClass::Soft, {1042, 1043});
    row(ErrorClass::Soft, {1021, 1194, 9999});
}

void tst_ErrorClassification::atConnect()
{
    QFETCH(int, code);
    QFETCH(QString, text);
    QFETCH(ServerFlavour, flavour);
    QFETCH(ErrorClass, expected);
    QCOMPARE(classifyError(Stage::Connect, code, text, flavour), expected);
}

void tst_ErrorClassification::atStatement_data()
{
    columns();
    row(ErrorClass::None, {0});
    row(ErrorClass::NotSent, {2006});
    row(ErrorClass::AnswerLost, {2013, 2055, 2027, 2026});
    row(ErrorClass::AnswerLost, {1180},
        "Error while appending streaming replication fragment(provider status: Not connected to "
        "Primary Component)");
    row(ErrorClass::ShuttingDown, {1053, 1077, 1079, 1080});
    row(ErrorClass::RefusedNotReady, {1047}, "WSREP has not yet prepared node for application use");
    row(ErrorClass::StatementsOwn, {1047}, "Unknown command");
    row(ErrorClass::RefusedNotReady, {3100},
        "Error on observer while running replication hook 'before_commit'.", {Unknown, MySql});
    row(ErrorClass::StatementsOwn, {3100},
        "Error on observer while running replication hook 'after_commit'.", {Unknown, MySql});
    row(ErrorClass::StatementsOwn, {3100}, "", {MariaDb});
    row(ErrorClass::RefusedNotReady, {3796}, "", {MySql});
    row(ErrorClass::StatementsOwn, {3796, 3797}, "", {MariaDb});
    row(ErrorClass::StatementsOwn, {3797}, "", {MySql});
    row(ErrorClass::IdleTimeout, {4031}, "", {MySql});
    row(ErrorClass::StatementsOwn, {4031}, "", {Unknown, MariaDb});
    row(ErrorClass::IdleTimeout, {4031},
        "The client was disconnected by the server because of inactivity.", {Unknown, MySql});
    row(ErrorClass::StatementsOwn, {4031}, "because of inactivity", {MariaDb});
    row(ErrorClass::Killed, {1927}, "Connection was killed", {Unknown, MariaDb});
    row(ErrorClass::StatementsOwn, {1927}, "Connection was killed", {MySql});
    row(ErrorClass::NotSent, {1927}, "Connection killed by MaxScale: Router could not route query");
    row(ErrorClass::AnswerLost, {1927},
        "Connection killed by MaxScale: Router could not recover from connection errors");
    row(ErrorClass::AnswerLost, {1927}, "Connection killed by MaxScale: Timed out by MaxScale");
    row(ErrorClass::Killed, {1927}, "Connection killed by MaxScale: Killed by another connection",
        {Unknown, MariaDb});
    row(ErrorClass::Killed, {3169}, "Session was killed", {Unknown, MySql});
    row(ErrorClass::StatementsOwn, {3169}, "Session was killed", {MariaDb});
    row(ErrorClass::BackendLost, {9001, 9002});
    row(ErrorClass::SessionTied, {9006});
    row(ErrorClass::ReadOnly, {1290},
        "The MariaDB server is running with the --read-only option so it cannot execute this"
        " statement");
    row(ErrorClass::ReadOnly, {1290}, "running with the --super-read-only option");
    row(ErrorClass::StatementsOwn, {1290},
        "The MariaDB server is running with the --secure-file-priv option");
    row(ErrorClass::ReadOnly, {1836, 1874, 1881});
    row(ErrorClass::StatementsOwn, {1036, 1792, 1005, 3989});
    row(ErrorClass::Conflict, {1213});
    row(ErrorClass::Conflict, {3101}, "Plugin instructed the server to rollback", {MySql});
    row(ErrorClass::StatementsOwn, {3101}, "", {Unknown, MariaDb});
    row(ErrorClass::Conflict, {1180},
        "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT", {MySql});
    row(ErrorClass::StatementsOwn, {1180},
        "Got error 149 \"Lock deadlock; Retry transaction\" during COMMIT", {MariaDb});
    row(ErrorClass::DiskFull, {1021, 1114});
    row(ErrorClass::DiskFull, {1030},
        "Got error 28 \"No space left on device\" from storage engine InnoDB");
    row(ErrorClass::StatementsOwn, {1030}, "Got error 128 from storage engine");
    row(ErrorClass::StatementsOwn,
        {1205, 1180, 3572, 1614, 1317, 1969, 3024, 1153, 1243, 1615, 1461, 1062, 1064});
    row(ErrorClass::StatementsOwn, {1040, 1045, 1049, 1129, 2014, 9999});
}

void tst_ErrorClassification::atStatement()
{
    QFETCH(int, code);
    QFETCH(QString, text);
    QFETCH(ServerFlavour, flavour);
    QFETCH(ErrorClass, expected);
    QCOMPARE(classifyError(Stage::Statement, code, text, flavour), expected);
}

void tst_ErrorClassification::whatEndsASession()
{
    const QList<ErrorClass> ending{ErrorClass::NotSent, ErrorClass::AnswerLost,
                                   ErrorClass::ShuttingDown, ErrorClass::IdleTimeout,
                                   ErrorClass::Killed};
    for (int i = int(ErrorClass::None); i <= int(ErrorClass::StatementsOwn); ++i)
        QCOMPARE(endsSession(ErrorClass(i)), ending.contains(ErrorClass(i)));
}

void tst_ErrorClassification::whatProvesThatNothingRan()
{
    const QList<ErrorClass> proving{ErrorClass::NotSent,     ErrorClass::RefusedNotReady,
                                    ErrorClass::IdleTimeout, ErrorClass::BackendLost,
                                    ErrorClass::SessionTied, ErrorClass::ReadOnly};
    for (int i = int(ErrorClass::None); i <= int(ErrorClass::StatementsOwn); ++i)
        QCOMPARE(provesNotExecuted(ErrorClass(i)), proving.contains(ErrorClass(i)));
}

QTEST_GUILESS_MAIN(tst_ErrorClassification)
#include "tst_errorclassification.moc"

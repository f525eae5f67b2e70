// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/document.h"
#include "docs/names.h"
#include "docs/projecttree.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace qproxysql::docs;

/// The names between backticks in the documents, and their environment variables, exist.
class tst_DocsNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plantedFaultsAreFound_data();
    void plantedFaultsAreFound();
    void namesExist_data();
    void namesExist();
    void variablesAreRead();
};

void tst_DocsNames::plantedFaultsAreFound_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("fault");
    const auto add = [](const QString &code, const QString &fault) {
        QTest::newRow(qPrintable(code)) << code << fault;
    };
    add(u"tst_losses"_s, u"there is no test tst_losses"_s);
    add(u"tst_loss::readIsRunTwice"_s, u"tst_loss has no function readIsRunTwice"_s);
    add(u"src/connection/guards.cpp"_s, u"there is no file src/connection/guards.cpp"_s);
    add(u"config/optiontables.h"_s, u"there is no file config/optiontables.h"_s);
    add(u"sessionMovd"_s, u"no source has sessionMovd"_s);
    add(u"PeerPools"_s, u"no source has PeerPools"_s);
    add(u"PeerPool::applyRequest()"_s, u"no source has applyRequest"_s);
    add(u"Poolmonitor::sweep()"_s, u"no source has Poolmonitor"_s);
    add(u"--accept-silence"_s, u"no program takes --accept-silence"_s);
    add(u"MAX_LIFETIMES"_s, u"no option MAX_LIFETIMES; is it MAX_LIFETIME?"_s);
    add(u"MAX_IDLE=many"_s, u"the text: MAX_IDLE=many"_s);
    add(u"qproxysql-ctl drain PEER --reasons x"_s, u"Unknown option 'reasons'."_s);
    add(u"sudo -u billing qproxysql-ctl darin db1"_s, u"\"darin\" is no verb"_s);
    add(u"scripts/demo --fast"_s, u"scripts/demo has no option --fast"_s);
    add(u"scripts/demos"_s, u"there is no program scripts/demos"_s);
    add(u"cmake --preset fast"_s, u"there is no preset fast"_s);
    for (const char *right :
         {"tst_poolmonitor*", "tst_loss::readIsRunOnceMore", "src/config", "config/expected.h",
          "judge()", "PeerPool::applyRequests()", "--force", "MAX_IDLE=2",
          "qproxysql-ctl list --watch 2", "scripts/demo --rolling-restart",
          "cmake --preset release", "SELECT 1", "FOUND_ROWS()"})
        add(QString::fromLatin1(right), QString());
}

void tst_DocsNames::plantedFaultsAreFound()
{
    QFETCH(const QString, code);
    QFETCH(const QString, fault);
    const QString found = faultOfName(code);
    QVERIFY2(found.startsWith(fault) && found.isEmpty() == fault.isEmpty(), qPrintable(found));
}

void tst_DocsNames::namesExist_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &path : ProjectTree::instance().documents())
        QTest::newRow(qPrintable(path)) << path;
}

void tst_DocsNames::namesExist()
{
    QFETCH(const QString, path);
    const Document document = Document::read(path);
    QStringList faults;
    for (const Document::Code &code : document.codes()) {
        if (const QString fault = faultOfName(code.text); !fault.isEmpty())
            faults.append(u"%1: %2: %3"_s.arg(document.place(code.line), code.text, fault));
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

// In tables and commands they stand without backticks.
void tst_DocsNames::variablesAreRead()
{
    static const QRegularExpression variable(u"\\bQPROXYSQL_[A-Z_]*[A-Z]\\b"_s);
    QStringList unknown;
    for (const QString &path : ProjectTree::instance().documents()) {
        for (const auto &match : variable.globalMatch(ProjectTree::instance().read(path))) {
            if (!ProjectTree::instance().knows(match.captured()))
                unknown.append(path + ": "_L1 + match.captured());
        }
    }
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(u'\n')));
}

QTEST_APPLESS_MAIN(tst_DocsNames)
#include "tst_docsnames.moc"

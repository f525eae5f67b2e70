// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/connectionconfig.h"
#include "config/connectoptions.h"
#include "config/optionnames.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace qproxysql;

/// The one table of options, and what must name all that are in it.
class tst_OptionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tableIsComplete();
    void policyTextRoundTrips();
    void connectionTextRoundTrips();
    void spellingsOfAValueAreTheSame();
    void documentationNamesEveryOption();
    void manPageAndCompletionNameEveryOption();
};

void tst_OptionTable::tableIsComplete()
{
    QSet<QString> names;
    for (const OptionInfo &info : optionTable()) {
        names.insert(QString::fromLatin1(info.name));
        QVERIFY(!isInnerOption(QString::fromLatin1(info.name)));
        QCOMPARE(&optionInfo(info.option), &info);
        QCOMPARE(findOption(QString::fromLatin1(info.name).toLower()), &info);
        QVERIFY(!info.allowed().isEmpty());
        QVERIFY(!(info.policy && info.connection));
        const QString text = info.defaultText();
        QVERIFY2(text.isEmpty() || info.isAllowed(text), info.name);
    }
    QCOMPARE(names.size(), int(optionTable().size()));
    QCOMPARE(names.size(), 23);
}

void tst_OptionTable::policyTextRoundTrips()
{
    PoolPolicy policy;
    policy.checkInterval = std::chrono::milliseconds(1250);
    policy.connectTimeout = std::chrono::milliseconds(3599999);
    policy.balance = Balance::LeastConn;
    policy.checkSql = QStringLiteral("SELECT \"a;b\"");
    policy.peerDriver = QStringLiteral("QMARIADB");
    policy.control = Control::Fleet;
    policy.controlSchema = QStringLiteral("ops");
    policy.maxLifetime = std::chrono::milliseconds(0);
    PoolPolicy copy;
    for (const OptionInfo &info : optionTable()) {
        if (info.policy)
            info.policy.set(info.policy.text(policy), &copy);
    }
    QCOMPARE(copy.checkInterval.count(), policy.checkInterval.count());
    QCOMPARE(copy.connectTimeout.count(), policy.connectTimeout.count());
    QVERIFY(copy == policy);
}

void tst_OptionTable::connectionTextRoundTrips()
{
    ConnectionConfig config;
    config.openDeadline = std::chrono::milliseconds(2500);
    config.initSql = QStringLiteral("SET @a = 1; SET @b = 2");
    config.retryReads = 0;
    config.retryConflicts = 7;
    config.ignoreState = SessionPin::Handlers | SessionPin::Roles;
    config.causalReads = CausalReads::Always;
    ConnectionConfig copy;
    for (const OptionInfo &info : optionTable()) {
        if (info.connection)
            info.connection.set(info.connection.text(config), &copy);
    }
    QCOMPARE(copy.openDeadline.count(), config.openDeadline.count());
    QCOMPARE(copy.initSql, config.initSql);
    QCOMPARE(copy.retryReads, config.retryReads);
    QCOMPARE(copy.retryConflicts, config.retryConflicts);
    QCOMPARE(copy.ignoreState, config.ignoreState);
    QVERIFY(copy.causalReads == config.causalReads);
}

// Two spellings of one value do not contradict each other, whatever the option.
void tst_OptionTable::spellingsOfAValueAreTheSame()
{
    const QHash<QString, QStringList> spellings{
            {QStringLiteral("30"), {QStringLiteral("30.0"), QStringLiteral("030")}},
            {QStringLiteral("0"), {QStringLiteral("00")}},
            {QStringLiteral("roles,handlers"),
             {QStringLiteral("Handlers, roles"), QStringLiteral("roles,handlers,roles")}},
    };
    for (const OptionInfo &info : optionTable()) {
        QHash<QString, QStringList> pairs = spellings;
        const QString word = info.defaultText();
        if (!word.isEmpty() && !info.isSql && info.option != Option::ControlSchema)
            pairs.insert(word, pairs.value(word) << word.toUpper());
        for (auto it = pairs.cbegin(); it != pairs.cend(); ++it) {
            for (const QString &other : it.value()) {
                const bool isText = info.isSql || info.option == Option::ControlSchema
                                    || !(info.policy || info.connection);
                if (isText || !info.isAllowed(it.key()) || !info.isAllowed(other))
                    continue;
                const QString name = QString::fromLatin1(info.name);
                const QString text = name + u'=' + it.key() + u';' + name + u'=' + other;
                const auto options = ConnectOptions::parse(text, QStringLiteral("connect options"));
                QVERIFY2(options, qPrintable(options.error()));
            }
        }
    }
}

namespace {

QString textOf(const char *file)
{
    QFile document(QFINDTESTDATA(file));
    return document.open(QIODevice::ReadOnly) ? QString::fromUtf8(document.readAll()) : QString();
}

} // namespace

void tst_OptionTable::documentationNamesEveryOption()
{
    const QStringList lines = textOf("../../docs/options.md").split(u'\n');
    for (const OptionInfo &info : optionTable()) {
        const QString name = u'`' + QString::fromLatin1(info.name) + u'`';
        const QString text = info.defaultText();
        const QString start = QStringLiteral("| %1 | %2%3")
                                      .arg(name, text, QLatin1String(text.isEmpty() ? "|" : " |"));
        const QStringList rows = lines.filter(
                QRegularExpression(u'^' + QRegularExpression::escape(start)));
        QVERIFY2(rows.size() == 1, qPrintable(start));
        QVERIFY2(rows.constFirst().contains(info.connection ? QLatin1String("| connection |")
                                                            : QLatin1String("| pool |")),
                 info.name);
        if (info.option == Option::IgnoreState) {
            const QString names = info.allowed().section(QLatin1String(" of "), 1);
            const QString cell = rows.constFirst().section(u'|', 3, 3).remove(u'`').trimmed();
            QCOMPARE(cell, names + QLatin1String(", separated by commas"));
        }
        QVERIFY2(rows.constFirst().contains(info.policy ? QLatin1String("| yes |")
                                                        : QLatin1String("| no ")),
                 info.name);
    }
}

// "qproxysql-ctl check --options" takes them.
void tst_OptionTable::manPageAndCompletionNameEveryOption()
{
    const QString man = textOf("../../monitor-app/qproxysql-ctl.1");
    const QString completion = textOf("../../monitor-app/qproxysql-ctl.bash");
    for (const OptionInfo &info : optionTable()) {
        const QRegularExpression whole(
                QStringLiteral("(?<![A-Z_])%1(?![A-Z_])").arg(QLatin1String(info.name)));
        QVERIFY2(man.contains(whole), info.name);
        QVERIFY2(completion.contains(whole), info.name);
    }
}

QTEST_APPLESS_MAIN(tst_OptionTable)
#include "tst_optiontable.moc"

// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/comparison.h"

#include <QtCore/QThread>
#include <QtSql/QSqlError>

#include <ctime>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostDifferences = 12;

Observer *observerOfWarnings = nullptr;
Qt::HANDLE observingThread = nullptr; // others open connections and the like
QtMessageHandler previousHandler = nullptr;

// What QMYSQL and QtSql write to the log is an observation, too; what we write is not, and a connection
// that is not open is named otherwise by us.
void observeWarning(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QLatin1StringView category(context.category ? context.category : "default");
    if (QThread::currentThreadId() == observingThread
        && (category == "default"_L1 || category.startsWith("qt."_L1))
        && !text.endsWith("Database not open"_L1))
        observerOfWarnings->warning(text);
    else
        previousHandler(type, context, text);
}

/// While it lives, warnings of this thread go to the observer.
class WarningsTo
{
public:
    explicit WarningsTo(Observer *observer)
    {
        observerOfWarnings = observer;
        observingThread = QThread::currentThreadId();
        previousHandler = qInstallMessageHandler(observeWarning);
    }
    ~WarningsTo()
    {
        qInstallMessageHandler(previousHandler);
        observingThread = nullptr;
    }
    Q_DISABLE_COPY_MOVE(WarningsTo)
};

QString driverUnderTest()
{
    return qEnvironmentVariable("PARITY_DRIVER", u"QPROXYSQL"_s);
}

} // namespace

QSqlDatabase Target::add(const QString &name) const
{
    QSqlDatabase db = QSqlDatabase::addDatabase(m_driver, name);
    db.setHostName(u"127.0.0.1"_s);
    db.setPort(m_port);
    db.setUserName(u"app"_s);
    db.setPassword(u"secret"_s);
    db.setDatabaseName(u"test"_s);
    return db;
}

QSqlDatabase Target::open(Observer &observer, const QString &name) const
{
    QSqlDatabase db = add(name);
    observer.note(u"open "_s + name, db.open());
    return db;
}

QString differenceOf(const QStringList &expected, const QStringList &seen)
{
    QStringList report;
    QString section;
    qsizetype e = 0;
    qsizetype s = 0;
    while (report.size() < MostDifferences && (e < expected.size() || s < seen.size())) {
        if (e < expected.size() && s < seen.size() && expected.at(e) == seen.at(s)) {
            if (expected.at(e).startsWith(Observer::SectionMark))
                section = expected.at(e);
            ++e;
            ++s;
            continue;
        }
        if (!section.isEmpty())
            report.append(std::exchange(section, QString()));
        // Where one has lines that the other has not, they meet again at the next line of both.
        const qsizetype inSeen = e < expected.size() ? seen.indexOf(expected.at(e), s) : -1;
        const qsizetype inExpected = s < seen.size() ? expected.indexOf(seen.at(s), e) : -1;
        const bool isMissing = inExpected >= 0 && inExpected - e < 30;
        const bool isExtra = !isMissing && inSeen >= 0 && inSeen - s < 30;
        if (e < expected.size() && !isExtra)
            report.append(u"  QMYSQL  "_s + expected.at(e++));
        if (s < seen.size() && !isMissing)
            report.append(u"  %1 "_s.arg(driverUnderTest(), -7) + seen.at(s++));
    }
    if (report.size() >= MostDifferences)
        report.append(u"and so on"_s);
    return report.join(u'\n');
}

// Local times must differ from UTC, and have a gap: machines that run tests are often at UTC.
bool Comparison::start()
{
    qputenv("TZ", "Europe/Berlin");
    tzset();
    return m_servers.start();
}

QStringList Comparison::observe(const Scenario &scenario, const QString &driver, quint32 seed)
{
    if (!m_servers[0].executeAsRoot(u"DROP DATABASE test; CREATE DATABASE test; "
                                    "CREATE OR REPLACE DATABASE other; "
                                    "GRANT ALL ON other.* TO app@localhost, app@'%'"_s))
        qFatal("the server is gone");
    Observer observer;
    const WarningsTo warnings(&observer);
    scenario.run(observer, Target(driver, m_servers[0].port(), seed));
    const QStringList names = QSqlDatabase::connectionNames();
    for (const QString &name : names)
        QSqlDatabase::removeDatabase(name);
    return observer.lines();
}

QString Comparison::differences(const Scenario &scenario, quint32 seed)
{
    const QStringList expected = observe(scenario, u"QMYSQL"_s, seed);
    const QStringList seen = observe(scenario, driverUnderTest(), seed);
    if (qEnvironmentVariableIsSet("PARITY_PRINT")) {
        for (const QString &line : expected)
            qInfo("%s", qPrintable(line));
    }
    if (expected.size() < scenario.fewest)
        return u"only %1 observations"_s.arg(expected.size());
    const QString difference = differenceOf(expected, seen);
    return difference.isEmpty() ? difference
                                : u"%1, seed %2:\n%3"_s.arg(QLatin1StringView(scenario.name))
                                          .arg(seed)
                                          .arg(difference);
}

} // namespace qproxysql::parity

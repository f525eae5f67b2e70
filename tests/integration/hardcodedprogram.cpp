// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <cstdio>

#include <poll.h>

using namespace Qt::StringLiterals;

/// Stands for a program that names QMYSQL and one server in its code: it knows nothing of QPROXYSQL. Writes
/// rows into test.written through one connection until its standard input ends, and says of each what became
/// of it: "ok 17" or "failed 17".
///
///     hardcoded-program HOST PORT [OPTIONS]
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QMYSQL"_s);
    db.setHostName(arguments.value(1));
    db.setPort(arguments.value(2).toInt());
    db.setConnectOptions(arguments.value(3));
    db.setUserName(u"app"_s);
    db.setPassword(u"secret"_s);
    db.setDatabaseName(u"test"_s);
    if (!db.open()) {
        std::printf("not open: %s\n", qPrintable(db.lastError().text()));
        return 1;
    }
    const auto isWanted = [] {
        pollfd input{0, POLLIN, 0};
        return ::poll(&input, 1, 0) == 0;
    };
    for (int number = 0; isWanted(); ++number) {
        QSqlQuery query(db);
        query.prepare(u"INSERT INTO written (number) VALUES (?)"_s);
        query.addBindValue(number);
        std::printf("%s %d\n", query.exec() ? "ok" : "failed", number);
        std::fflush(stdout);
    }
    return 0;
}

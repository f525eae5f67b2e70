// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cutscript.h"

using namespace Qt::StringLiterals;

static bool begins(const QString &step)
{
    return step == u"(" || step.startsWith(u"BEGIN"_s) || step.startsWith(u"START"_s);
}

QString CutScript::sqlOf(const QString &step) const
{
    if (step == u"(")
        return u"BEGIN"_s;
    if (step == u")")
        return u"COMMIT"_s;
    if (step == u"!")
        return u"ROLLBACK"_s;
    if (step.startsWith(u'+'))
        return u"UPDATE t SET v = v + %1 WHERE id = %2"_s.arg(step.mid(1)).arg(id);
    if (step == u"-")
        return u"INSERT INTO t VALUES (%1, 1)"_s.arg(id);
    if (step.startsWith(u"CREATE"))
        return u"CREATE TABLE made%1 (a INT)"_s.arg(id);
    return step.startsWith(u'?') ? step.mid(1) : step;
}

bool CutScript::execute(const ScopedDatabase &db, const QString &step, QString *error) const
{
    if (step == u"(" || step == u")" || step == u"!") {
        const bool isOk = step == u"("   ? db.get().transaction()
                          : step == u")" ? db.get().commit()
                                         : db.get().rollback();
        *error = db.error().text();
        return isOk;
    }
    QSqlQuery query(db.get());
    bool isOk = false;
    if (step.startsWith(u'+') && isPrepared) {
        isOk = query.prepare(u"UPDATE t SET v = v + ? WHERE id = ?"_s);
        query.addBindValue(step.mid(1).toInt());
        query.addBindValue(id);
        isOk = isOk && query.exec();
    } else if (step.startsWith(u'?')) {
        isOk = query.prepare(sqlOf(step)) && query.exec();
    } else {
        isOk = query.exec(sqlOf(step));
    }
    *error = query.lastError().text();
    return isOk;
}

void CutScript::run(const ScopedDatabase &db)
{
    for (int i = 0; i < steps.size(); ++i) {
        const QString step = steps.at(i);
        before(i, sqlOf(step));
        QString error;
        const bool isOk = execute(db, step, &error);
        m_told += step + (isOk ? u" ok; "_s : u" "_s + error + u"; "_s);
        const bool isExpected = step == u"-" && !isOk
                                && (error.contains(u"Duplicate"_s)
                                    || error.contains(u"READ ONLY"_s));
        if (isExpected)
            continue;
        if (!isOk) {
            failed(step, error);
            db.get().rollback();
            return;
        }
        succeeded(step);
    }
}

void CutScript::failed(const QString &step, const QString &error)
{
    const bool isLoneAdd = step.startsWith(u'+') && !m_isOpen && m_isAutocommit;
    if (isLoneAdd)
        m_belief.added(step.mid(1).toInt());
    m_isUnknown = error.contains(u"may or may not"_s);
    m_belief.failed(m_isUnknown);
    m_failedStep = step;
    m_mayBeUnknown = isLoneAdd || step.contains(u"CHAIN"_s) || step.contains(u"RELEASE"_s)
                     || step.contains(u';') || step.startsWith(u"CREATE"_s)
                     || step.startsWith(u"SET"_s) || (begins(step) && m_isOpen);
}

void CutScript::succeeded(const QString &step)
{
    const bool isAdd = step.startsWith(u'+');
    if (isAdd)
        m_belief.added(step.mid(1).toInt());
    if (step.startsWith(u"SAVEPOINT"_s))
        m_belief.saved();
    if (step.startsWith(u"ROLLBACK TO"_s))
        return m_belief.restored();
    const bool rollsBack = step.startsWith(u"ROLLBACK"_s) || step == u"!";
    const bool isBegin = begins(step);
    const bool commits = isBegin || step == u")" || step.contains(u"COMMIT"_s)
                         || step.startsWith(u"CREATE"_s) || step == u"SET autocommit=1";
    if (step.startsWith(u"SET autocommit"_s))
        m_isAutocommit = step.endsWith(u'1');
    if (rollsBack)
        m_belief.undone();
    if (isBegin || step.endsWith(u"CHAIN"_s))
        m_isOpen = true;
    else if (commits || rollsBack)
        m_isOpen = false;
    if (commits || (isAdd && !m_isOpen && m_isAutocommit))
        m_belief.committed();
}

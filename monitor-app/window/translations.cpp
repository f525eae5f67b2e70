// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/translations.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>

using namespace Qt::StringLiterals;

namespace qproxysql {

void installTranslations(const QLocale &locale)
{
    QCoreApplication *const application = QCoreApplication::instance();
    auto *const qtTexts = new QTranslator(application);
    if (qtTexts->load(locale, u"qtbase"_s, u"_"_s,
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtTexts);
    const QString installed = QCoreApplication::applicationDirPath()
                              + u"/../share/qproxysql/translations"_s;
    for (const QString &folder : {u":/qproxysql/translations"_s, installed}) {
        auto *const texts = new QTranslator(application);
        if (texts->load(locale, u"qproxysql"_s, u"_"_s, folder)) {
            QCoreApplication::installTranslator(texts);
            return;
        }
        delete texts;
    }
    auto *const english = new QTranslator(application);
    if (english->load(u":/qproxysql/translations/qproxysql_en.qm"_s))
        QCoreApplication::installTranslator(english);
}

} // namespace qproxysql

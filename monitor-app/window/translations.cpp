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
    auto *const texts = new QTranslator(application);
    const QString builtIn = u":/qproxysql/translations"_s;
    if (texts->load(locale, u"qproxysql"_s, u"_"_s, builtIn)
        || texts->load(locale, u"qproxysql"_s, u"_"_s, installed)
        || texts->load(u"qproxysql_en"_s, builtIn))
        QCoreApplication::installTranslator(texts);
}

} // namespace qproxysql
